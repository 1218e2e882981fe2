package org.rapport.registration.spring;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Metadata that no application is registered with: the error, the member, its value. */
final class WrongMetadata {

    private WrongMetadata() {}

    static Stream<Arguments> all() {
        return Stream.of(
                wrong("invalid_redirect_uri", "redirect_uris", List.of("javascript:alert(1)")),
                wrong("invalid_redirect_uri", "redirect_uris", List.of("data:text/html,x")),
                wrong("invalid_redirect_uri", "redirect_uris", List.of("http://app.example.org/cb")),
                wrong("invalid_redirect_uri", "redirect_uris", List.of("http://localhost/cb")),
                wrong("invalid_redirect_uri", "redirect_uris", List.of("http://127.0.0.1.example.org/cb")),
                wrong("invalid_redirect_uri", "redirect_uris", List.of("https://app.example.org/cb#x")),
                wrong("invalid_redirect_uri", "redirect_uris", List.of("https://u:p@app.example.org/cb")),
                wrong("invalid_redirect_uri", "redirect_uris", List.of("https://*.example.org/cb")),
                wrong("invalid_redirect_uri", "redirect_uris", List.of("myapp:/cb")),
                wrong("invalid_redirect_uri", "redirect_uris", List.of("https://a.example.org/" + "x".repeat(500))),
                wrong("invalid_redirect_uri", "redirect_uris", List.of()),
                wrong("invalid_redirect_uri", "redirect_uris", "https://app.example.org/cb"),
                wrong("invalid_redirect_uri", "redirect_uris", List.of(1)),
                wrong(
                        "invalid_redirect_uri",
                        "redirect_uris",
                        Stream.iterate(0, i -> i + 1)
                                .limit(11)
                                .map(i -> "https://app.example.org/" + i)
                                .toList()),
                wrong("invalid_client_metadata", "scope", "system/*.rs"),
                wrong("invalid_client_metadata", "scope", "patient/*.rs system/*.cruds"),
                wrong("invalid_client_metadata", "scope", "unknown"),
                wrong("invalid_client_metadata", "scope", "openid ".repeat(400)),
                wrong("invalid_client_metadata", "grant_types", List.of("client_credentials")),
                wrong("invalid_client_metadata", "grant_types", List.of("implicit", "authorization_code")),
                wrong("invalid_client_metadata", "response_types", List.of("token")),
                wrong("invalid_client_metadata", "token_endpoint_auth_method", "client_secret_jwt"),
                wrong("invalid_client_metadata", "token_endpoint_auth_method", 5),
                wrong("invalid_client_metadata", "client_name", "x".repeat(201)),
                wrong("invalid_client_metadata", "client_name", " "),
                wrong("invalid_client_metadata", "contacts", List.of("a", "b", "c", "d", "e", "f")),
                wrong("invalid_client_metadata", "client_uri", "javascript:alert(1)"),
                wrong("invalid_client_metadata", "post_logout_redirect_uris", List.of("javascript:alert(1)")),
                wrong("invalid_client_metadata", "post_logout_redirect_uris", "https://app.example.org/bye"),
                wrong("invalid_client_metadata", "jwks_uri", "https://keys.example.org/jwks"));
    }

    private static Arguments wrong(String error, String member, Object value) {
        return Arguments.of(error, member, value);
    }
}
