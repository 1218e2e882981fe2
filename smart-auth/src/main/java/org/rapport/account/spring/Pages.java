package org.rapport.account.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.security.web.csrf.CsrfToken;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Renders the server's own pages in the reader's language: English, German. */
public final class Pages {

    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);

    private final SpringTemplateEngine engine = new SpringTemplateEngine();
    private final List<Shared> shared;

    /** Pages that know nothing but what they are given each time. */
    public Pages() {
        this(List.of());
    }

    /** Pages of which each has these variables beside its own. */
    public Pages(List<Shared> shared) {
        this.shared = List.copyOf(shared);
        var templates = new ClassLoaderTemplateResolver();
        templates.setPrefix("org/rapport/account/pages/");
        templates.setSuffix(".html");
        templates.setCharacterEncoding(StandardCharsets.UTF_8.name());
        var messages = new ResourceBundleMessageSource();
        messages.setBasename("org.rapport.account.messages");
        messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
        messages.setDefaultLocale(Locale.ENGLISH);
        engine.setTemplateResolver(templates);
        engine.setTemplateEngineMessageSource(messages);
    }

    /** Answers with a page; the model's names are the variables of its template. */
    public void send(HttpServletRequest request, HttpServletResponse response, Page page) throws IOException {
        var language = language(request);
        response.setStatus(page.status());
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Content-Language", language.getLanguage());
        response.getWriter()
                .write("<!DOCTYPE html>\n"
                        + engine.process(page.template(), new Context(language, variables(request, page))));
    }

    private Map<String, Object> variables(HttpServletRequest request, Page page) {
        var variables = new HashMap<>(page.model());
        shared.forEach(more -> variables.putAll(more.variables()));
        variables.put("language", language(request).getLanguage());
        if (request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken csrf) {
            variables.put("csrfName", csrf.getParameterName());
            variables.put("csrfToken", csrf.getToken());
        }
        return variables;
    }

    private static Locale language(HttpServletRequest request) {
        return Collections.list(request.getLocales()).stream()
                .map(wanted -> Locale.forLanguageTag(wanted.getLanguage()))
                .filter(LANGUAGES::contains)
                .findFirst()
                .orElse(Locale.ENGLISH);
    }

    /** Variables that every page has, from a feature that not every server has. */
    public record Shared(Map<String, Object> variables) {

        public Shared {
            variables = Map.copyOf(variables);
        }
    }

    /**
     * One answer.
     *
     * @param status the HTTP status code
     * @param template name of the page's template
     */
    public record Page(int status, String template, Map<String, Object> model) {

        public Page {
            model = Map.copyOf(model);
        }

        /**
         * A page that tells what was done.
         *
         * @param told names its messages, such as {@code reset-done}
         * @param next path that its link leads to
         */
        public static Page told(String told, String next) {
            return new Page(200, "told", Map.of("told", told, "next", next));
        }

        /** A page that tells what went wrong; the problem names a message, such as {@code not-found}. */
        public static Page problem(int status, String problem) {
            return new Page(status, "problem", Map.of("problem", problem));
        }
    }
}
