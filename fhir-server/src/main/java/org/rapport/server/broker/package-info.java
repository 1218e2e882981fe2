/** The embedded MQTT broker: who may connect, who may say what, and a queue that keeps every reading. */
@NullMarked
package org.rapport.server.broker;

import org.jspecify.annotations.NullMarked;
