package org.rapport.demo.overview;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.rapport.demo.DemoSettings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Shows a reading become an alert and a booking become a reminder, anew every few seconds. */
@Controller
@ConditionalOnProperty(name = DemoSettings.ENABLED, havingValue = "true")
class OverviewPage {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private final Latest latest;
    private final Flow flow;
    private final SpringTemplateEngine engine = new SpringTemplateEngine();

    OverviewPage(DaoRegistry daos, DataSource database) {
        this.latest = new Latest(daos);
        this.flow = new Flow(JdbcClient.create(database));
        var templates = new ClassLoaderTemplateResolver();
        templates.setPrefix("org/rapport/demo/overview/");
        templates.setSuffix(".html");
        templates.setCharacterEncoding(StandardCharsets.UTF_8.name());
        engine.setTemplateResolver(templates);
    }

    @GetMapping("/demo")
    ResponseEntity<String> page() {
        var readings = latest.readings();
        Map<String, Object> model = Map.of(
                "readings", readings,
                "plot", heartRates(readings),
                "alerts", latest.alerts(),
                "appointments", latest.appointments(),
                "queues", flow.queues(),
                "consumers", flow.consumers());
        return ResponseEntity.ok()
                .contentType(HTML)
                .body("<!DOCTYPE html>\n" + engine.process("overview", new Context(Locale.ENGLISH, model)));
    }

    private static Plot heartRates(List<Latest.Reading> newestFirst) {
        var numbers = new ArrayList<>(newestFirst.stream()
                .filter(reading -> reading.device().equals("Device/hr-alice"))
                .map(Latest.Reading::number)
                .flatMap(Optional::stream)
                .toList());
        Collections.reverse(numbers);
        return new Plot(numbers);
    }
}
