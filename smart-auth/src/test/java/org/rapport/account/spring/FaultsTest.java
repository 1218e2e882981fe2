package org.rapport.account.spring;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class FaultsTest {

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({"503, en, The fault is ours.", "500, de, Der Fehler liegt bei uns."})
    void areAnsweredWithoutTheirReason(int status, String language, String sentence)
            throws ServletException, IOException {
        var request = new MockHttpServletRequest("GET", "/login");
        request.addPreferredLocale(Locale.forLanguageTag(language));
        var response = new MockHttpServletResponse();
        RuntimeException fault =
                status == 503 ? new QueryTimeoutException("SELECT secret") : new IllegalStateException("secret");

        new Faults(Faults.page(new Pages())).doFilter(request, response, (r, s) -> {
            s.getWriter().write("half a page");
            throw fault;
        });

        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getContentAsString()).contains(sentence).doesNotContain("secret", "half a page");
    }
}
