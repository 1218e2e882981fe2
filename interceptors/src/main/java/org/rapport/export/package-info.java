/** Hands systems the records of many patients at once, as far as rights and consents go while each is read. */
@NullMarked
package org.rapport.export;

import org.jspecify.annotations.NullMarked;
