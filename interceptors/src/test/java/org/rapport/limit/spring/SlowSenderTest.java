package org.rapport.limit.spring;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.catalina.core.StandardHost;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.failure.spring.ErrorValve;
import org.rapport.limit.RequestLimits;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.embedded.tomcat.TomcatWebServer;
import org.springframework.util.unit.DataSize;

/** One who lets a request drip gets a second here, where the product gives 30. */
@Timeout(20)
@DisplayName("PA-013: a slow sender")
class SlowSenderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final DataSize MEGABYTE = DataSize.ofMegabytes(1);
    private static final String DRIPPING =
            "POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: application/fhir+json\r\n" + "Content-Length: 5000\r\n\r\n{";

    private static TomcatWebServer server;

    @BeforeAll
    static void start() {
        var factory = new TomcatServletWebServerFactory(0);
        factory.setAddress(InetAddress.getLoopbackAddress());
        factory.setProtocol(TimedHttp.class.getName());
        factory.addConnectorCustomizers(
                connector -> ((TimedHttp) connector.getProtocolHandler()).setConnectionTimeout(500));
        factory.setBackgroundProcessorDelay(1);
        factory.addEngineValves(new SlowSenderValve(PATIENCE, TimedHttp.SWALLOW));
        factory.addContextCustomizers(
                context -> ((StandardHost) context.getParent()).setErrorReportValveClass(ErrorValve.class.getName()));
        server = (TomcatWebServer) factory.getWebServer(context -> {
            context.addServlet("echo", new Length()).addMapping("/*");
            context.addFilter("limits", new RequestLimitFilter(new RequestLimits(MEGABYTE, MEGABYTE, 10, 2, 2)))
                    .addMappingForUrlPatterns(EnumSet.allOf(jakarta.servlet.DispatcherType.class), false, "/fhir/*");
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Test
    void ofABodyIsTold() throws IOException {
        assertThat(answerToDripping(DRIPPING.formatted("/fhir/Patient")))
                .startsWith("HTTP/1.1 408 ")
                .contains("Connection: close", "\"code\":\"timeout\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /form HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
                "POST /form HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;a=",
                "POST /form HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Drip: ",
                "POST /refused HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\nx",
                "GET /fhir/Patient HTTP/1.1\r\nHost: a\r\nX-Drip: ",
                "GET /fhir/Pat",
            })
    void isCutOffWhereverItDrips(String begin) throws IOException {
        answerToDripping(begin);
        await().atMost(PATIENCE).until(() -> busyThreads() == 0);
    }

    @Test
    void isNoneWhoTakesLongWithMuch() throws IOException {
        var size = 300_000;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
            var out = socket.getOutputStream();
            out.write(("POST /form HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: " + size + "\r\n\r\n")
                    .getBytes(US_ASCII));
            for (int sent = 0; sent < size; sent += size / 10) {
                out.write(new byte[size / 10]);
                out.flush();
                pause(Duration.ofMillis(200));
            }
            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 200 ")
                    .contains(String.valueOf(size));
        }
    }

    /** Lets a byte drip every tenth of a second until the server has had enough. */
    private static String answerToDripping(String begin) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
            var out = socket.getOutputStream();
            out.write(begin.getBytes(US_ASCII));
            var piece = (begin.endsWith("\r\n\r\n") ? "1\r\nx\r\n" : "x").getBytes(US_ASCII);
            new Thread(() -> drip(out, piece)).start();
            return read(socket);
        }
    }

    private static void drip(OutputStream out, byte[] piece) {
        try {
            while (true) {
                out.write(piece);
                pause(Duration.ofMillis(100));
            }
        } catch (IOException e) {
            // the server has had enough
        }
    }

    private static String read(Socket socket) {
        var answer = new StringBuilder();
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                answer.append((char) next);
            }
        } catch (IOException e) {
            // reset, which is an end too
        }
        return answer.toString();
    }

    private static int busyThreads() {
        var pool = (ThreadPoolExecutor)
                server.getTomcat().getConnector().getProtocolHandler().getExecutor();
        return pool.getActiveCount();
    }

    /** Between one piece and the next, as slow senders do: nothing is waited for here, the time itself is what is tested. */
    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Tells how long a body was, or refuses it unread. */
    private static final class Length extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getRequestURI().equals("/refused")) {
                response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
                return;
            }
            response.getWriter().print(request.getInputStream().readAllBytes().length);
        }
    }
}
