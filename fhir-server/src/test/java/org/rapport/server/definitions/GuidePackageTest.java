package org.rapport.server.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.server.StartFailure;

class GuidePackageTest {

    @Test
    void isOurOwnGuide() {
        assertThat(GuidePackage.ours().content()).isNotEmpty();
    }

    @ParameterizedTest
    @DisplayName("OP-012: a package at an address is not loaded, and nobody goes there")
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/package.tgz",
                "https://127.0.0.1:%d/package.tgz",
                "file:/etc/passwd",
                "file:///etc/passwd",
                "classpath:package.tgz",
                "jar:http://127.0.0.1:%d/a.jar!/package.tgz",
                "/etc/passwd",
            })
    void isNotFetched(String address) throws IOException {
        try (var inside = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var named = List.of(Path.of(address.formatted(inside.getLocalPort())));
            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(() -> GuidePackage.from(named))
                    .withMessageContaining("name a .tgz file");
            inside.setSoTimeout(100);
            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(inside::accept);
        }
    }
}
