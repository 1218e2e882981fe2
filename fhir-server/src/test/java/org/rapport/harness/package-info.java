/**
 * Runs the packaged product as processes of its own, breaks what it stands on, and keeps books on what it promised.
 *
 * <p>Entry: {@link org.rapport.harness.Harness}, a JUnit extension. It needs the product in {@code
 * fhir-server/target/rapport}, which the package phase makes.
 */
@NullMarked
package org.rapport.harness;

import org.jspecify.annotations.NullMarked;
