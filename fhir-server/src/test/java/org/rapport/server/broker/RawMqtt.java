package org.rapport.server.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** MQTT 5 packets byte by byte, for what a well-behaved client would not send. */
final class RawMqtt {

    private RawMqtt() {}

    static byte[] connect(String clientId, String user, String password) {
        var body = new ByteArrayOutputStream();
        text(body, "MQTT");
        body.write(5);
        body.write(0b1100_0010); // user name, password, clean start
        body.write(0);
        body.write(60);
        body.write(0); // no properties
        text(body, clientId);
        text(body, user);
        text(body, password);
        return packet(0x10, body.toByteArray());
    }

    /** A CONNECT that promises so many bytes. */
    static byte[] connectOf(int bytes) {
        var body = new ByteArrayOutputStream();
        text(body, "MQTT");
        body.write(5);
        body.writeBytes(new byte[bytes - body.size()]);
        return packet(0x10, body.toByteArray());
    }

    static byte[] publish(String topic, int bytes) {
        var body = new ByteArrayOutputStream();
        text(body, topic);
        body.write(0);
        body.write(1); // packet identifier
        body.write(0); // no properties
        body.writeBytes(new byte[bytes - body.size()]);
        return packet(0x32, body.toByteArray());
    }

    static byte[] subscribe(String filter) {
        var body = new ByteArrayOutputStream();
        body.write(0);
        body.write(1); // packet identifier
        body.write(0); // no properties
        text(body, filter);
        body.write(1); // QoS 1
        return packet(0x82, body.toByteArray());
    }

    /** The bytes of the next packet without its length. */
    static List<Integer> read(DataInputStream in) throws IOException {
        var packet = new ArrayList<Integer>();
        packet.add(in.readUnsignedByte());
        int length = 0;
        int shift = 0;
        int digit;
        do {
            digit = in.readUnsignedByte();
            length |= (digit & 0x7F) << shift;
            shift += 7;
        } while ((digit & 0x80) != 0);
        for (int i = 0; i < length; i++) {
            packet.add(in.readUnsignedByte());
        }
        if (packet.get(0) == 0xE0 && packet.size() == 3) {
            packet.remove(2); // empty property list of a DISCONNECT
        }
        return packet;
    }

    private static byte[] packet(int type, byte[] body) {
        var packet = new ByteArrayOutputStream();
        packet.write(type);
        int rest = body.length;
        do {
            int digit = rest % 128;
            rest /= 128;
            packet.write(rest > 0 ? digit | 0x80 : digit);
        } while (rest > 0);
        packet.writeBytes(body);
        return packet.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        var bytes = text.getBytes(UTF_8);
        out.write(bytes.length >> 8);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }
}
