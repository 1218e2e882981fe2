package org.rapport.mail.spring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A mail server that takes one mail after the other, or answers one of the client's words as a test wants.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321">RFC 5321</a>
 */
final class MailPeer implements AutoCloseable {

    private final ServerSocket socket;
    private final String word;
    private final String answer;
    private final Queue<String> mails = new ConcurrentLinkedQueue<>();

    /**
     * @param word that is answered in another way, such as {@code RCPT}; empty for none
     * @param answer a line; empty to hang up
     */
    MailPeer(String word, String answer) {
        this.word = word;
        this.answer = answer;
        try {
            this.socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var thread = new Thread(this::serve, "mail-peer");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** What came, header and text. */
    Queue<String> mails() {
        return mails;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (var client = socket.accept()) {
                talk(client);
            } catch (IOException e) {
                // the client or the test has hung up
            }
        }
    }

    private void talk(Socket client) throws IOException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        var out = client.getOutputStream();
        say(out, "220 peer.example.org");
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            if (!word.isEmpty() && line.startsWith(word)) {
                if (answer.isEmpty()) {
                    return;
                }
                say(out, answer);
            } else if (line.startsWith("DATA")) {
                say(out, "354 go on");
                mails.add(text(in));
                say(out, "250 taken");
            } else if (line.startsWith("QUIT")) {
                say(out, "221 bye");
                return;
            } else {
                say(out, "250 well");
            }
        }
    }

    private static String text(BufferedReader in) throws IOException {
        var text = new StringBuilder();
        for (var line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            text.append(line).append('\n');
        }
        return text.toString();
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
