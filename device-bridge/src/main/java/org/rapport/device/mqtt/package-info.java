/** Takes what devices publish from the MQTT broker and answers them there. */
@NullMarked
package org.rapport.device.mqtt;

import org.jspecify.annotations.NullMarked;
