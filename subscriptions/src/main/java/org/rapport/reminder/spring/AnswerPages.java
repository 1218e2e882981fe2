package org.rapport.reminder.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Renders the pages behind links in the reader's language: English, German. */
final class AnswerPages {

    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);
    private static final int GONE = 410;

    private final SpringTemplateEngine engine = new SpringTemplateEngine();

    AnswerPages() {
        var templates = new ClassLoaderTemplateResolver();
        templates.setPrefix("org/rapport/reminder/pages/");
        templates.setSuffix(".html");
        templates.setCharacterEncoding(StandardCharsets.UTF_8.name());
        var messages = new ResourceBundleMessageSource();
        messages.setBasename("org.rapport.reminder.messages");
        messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
        messages.setDefaultLocale(Locale.ENGLISH);
        engine.setTemplateResolver(templates);
        engine.setTemplateEngineMessageSource(messages);
    }

    /**
     * One page.
     *
     * @param status HTTP status
     * @param state what it shows: ask, done, sure, cancelled, gone, moved
     * @param when when the appointment begins, by the clock of its place
     */
    record Page(int status, String state, String formKey, Optional<ZonedDateTime> when, String place) {

        static Page of(String state, String formKey, ZonedDateTime when, String place) {
            return new Page(HttpServletResponse.SC_OK, state, formKey, Optional.of(when), place);
        }

        static Page problem(String state) {
            return new Page(GONE, state, "", Optional.empty(), "");
        }
    }

    void send(HttpServletRequest request, HttpServletResponse response, Page page) throws IOException {
        var language = Collections.list(request.getLocales()).stream()
                .map(wanted -> Locale.forLanguageTag(wanted.getLanguage()))
                .filter(LANGUAGES::contains)
                .findFirst()
                .orElse(Locale.ENGLISH);
        response.setStatus(page.status());
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Content-Language", language.getLanguage());
        response.getWriter()
                .write("<!DOCTYPE html>\n" + engine.process("answer", new Context(language, model(page, language))));
    }

    private static Map<String, Object> model(Page page, Locale language) {
        var model = new HashMap<String, Object>();
        model.put("language", language.getLanguage());
        model.put("state", page.state());
        model.put("formKey", page.formKey());
        model.put("place", page.place());
        model.put("when", page.when().map(when -> written(when, language)).orElse(""));
        return model;
    }

    private static String written(ZonedDateTime when, Locale language) {
        var british = language.equals(Locale.ENGLISH) ? Locale.UK : language;
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.FULL, FormatStyle.SHORT)
                        .withLocale(british)
                        .format(when)
                + " (" + when.getZone().getId() + ")";
    }
}
