package org.rapport.device;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Says which MQTT topics and client ids belong to a device. Whatever is not named here is not the device's.
 *
 * <p>A device publishes on {@code device/{id}/{type}}, {@code device/{id}/batch}, {@code device/{id}/status} and
 * {@code device/{id}/waveform/{type}}; it listens on {@code device/{id}/ack}, {@code /errors} and {@code /cmd}.
 */
public final class DeviceTopics {

    /** Level below which all topics of all devices are. */
    public static final String ROOT = "device";

    private static final Set<String> DOWN = Set.of("ack", "errors", "cmd");
    private static final Pattern DEVICE_ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");
    private static final Pattern READING_TYPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._\\-]{0,63}");
    private static final Pattern CLIENT_ID_SUFFIX = Pattern.compile("[A-Za-z0-9:._\\-]{1,64}");

    private DeviceTopics() {}

    /** Whether the text can be the id of a Device resource and so of a device here. */
    public static boolean isDeviceId(String text) {
        return DEVICE_ID.matcher(text).matches();
    }

    /** Whether the device may publish on this topic name. */
    public static boolean mayPublish(String deviceId, String topicName) {
        var levels = topicName.split("/", -1);
        if (levels.length < 3 || !isOwn(deviceId, levels)) {
            return false;
        }
        return switch (levels.length) {
            case 3 -> isReadingType(levels[2]);
            case 4 -> levels[2].equals("waveform") && isReadingType(levels[3]);
            default -> false;
        };
    }

    /** Whether the device may leave a retained message on this topic name: on its status only. */
    public static boolean mayRetain(String deviceId, String topicName) {
        var levels = topicName.split("/", -1);
        return levels.length == 3 && isOwn(deviceId, levels) && levels[2].equals("status");
    }

    /** Whether the device may subscribe with this topic filter; wildcards and shared subscriptions never. */
    public static boolean maySubscribe(String deviceId, String topicFilter) {
        var levels = topicFilter.split("/", -1);
        return levels.length == 3 && isOwn(deviceId, levels) && DOWN.contains(levels[2]);
    }

    /** Whether the device may connect under this client id: its own id, alone or followed by a colon and a suffix. */
    public static boolean mayUseClientId(String deviceId, String clientId) {
        if (clientId.equals(deviceId)) {
            return true;
        }
        return clientId.startsWith(deviceId + ":")
                && CLIENT_ID_SUFFIX
                        .matcher(clientId.substring(deviceId.length() + 1))
                        .matches();
    }

    /** The device named by a client id. */
    public static String deviceOf(String clientId) {
        int colon = clientId.indexOf(':');
        return colon < 0 ? clientId : clientId.substring(0, colon);
    }

    private static boolean isOwn(String deviceId, String[] levels) {
        return isDeviceId(deviceId) && levels[0].equals(ROOT) && levels[1].equals(deviceId);
    }

    private static boolean isReadingType(String level) {
        return READING_TYPE.matcher(level).matches() && !DOWN.contains(level);
    }
}
