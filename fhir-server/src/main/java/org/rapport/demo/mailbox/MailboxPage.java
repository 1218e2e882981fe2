package org.rapport.demo.mailbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rapport.demo.DemoSettings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Shows the mailbox to people and to tests. */
@Controller
@ConditionalOnProperty(name = DemoSettings.ENABLED, havingValue = "true")
class MailboxPage {

    private static final String RESOURCES = "org/rapport/demo/mailbox/";
    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    /** A mail's own HTML runs nothing, loads nothing and cannot reach the page around it. */
    private static final String MAIL_POLICY = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none';"
            + " style-src 'unsafe-inline'; img-src data:; base-uri 'self'; frame-ancestors 'self'";

    private final Mailbox mailbox;
    private final SpringTemplateEngine engine = new SpringTemplateEngine();

    MailboxPage(Mailbox mailbox) {
        this.mailbox = mailbox;
        var templates = new ClassLoaderTemplateResolver();
        templates.setPrefix(RESOURCES);
        templates.setSuffix(".html");
        templates.setCharacterEncoding(StandardCharsets.UTF_8.name());
        engine.setTemplateResolver(templates);
    }

    @GetMapping("/demo/mailbox")
    ResponseEntity<String> page(@RequestParam(name = "to", defaultValue = "") String to) {
        return page("mailbox", Map.of("entries", mailbox.to(to), "to", to));
    }

    @GetMapping("/demo/mailbox/{number}")
    ResponseEntity<String> mail(@PathVariable("number") long number) {
        return mailbox.numbered(number)
                .map(entry -> page(
                        "mail",
                        Map.of(
                                "entry",
                                entry,
                                "text",
                                LinkedText.of(entry.mail().text()))))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }

    /** The HTML body alone, for the frame on the mail's page; its links open outside of the frame. */
    @GetMapping("/demo/mailbox/{number}/html")
    ResponseEntity<String> html(@PathVariable("number") long number) {
        return mailbox.numbered(number)
                .map(entry -> entry.mail().html())
                .map(html -> ResponseEntity.ok()
                        .contentType(HTML)
                        .header("Content-Security-Policy", MAIL_POLICY)
                        .body("<base target=\"_blank\">" + html))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }

    @GetMapping(path = "/demo/mailbox.json", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<List<CaughtMail>> json(@RequestParam(name = "to", defaultValue = "") String to) {
        return ResponseEntity.ok(
                mailbox.to(to).stream().map(Mailbox.Entry::mail).toList());
    }

    @GetMapping("/demo/assets/mailbox.css")
    ResponseEntity<Resource> style() {
        return ResponseEntity.ok()
                .contentType(MediaType.valueOf("text/css"))
                .cacheControl(CacheControl.maxAge(Duration.ofHours(1)))
                .body(new ClassPathResource(RESOURCES + "mailbox.css"));
    }

    private ResponseEntity<String> page(String template, Map<String, Object> model) {
        return ResponseEntity.ok()
                .contentType(HTML)
                .body("<!DOCTYPE html>\n" + engine.process(template, new Context(Locale.ENGLISH, model)));
    }
}
