package org.rapport.accessibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;

/** With {@code -Drapport.pictures=true} a picture of each page is left in {@code target/pictures}. */
@DisplayName("Every page, by WCAG 2.2 AA as far as a program can tell")
class AccessibilityTest {

    private static final Path TEMPLATES = Path.of("src", "main", "resources", "org", "rapport", "account", "pages");
    private static final Path PICTURES = Path.of("target", "pictures");

    private static final Map<String, Map<String, String>> GALLERIES = new LinkedHashMap<>();
    private static TestServer server;
    private static Screen screen;

    @BeforeAll
    static void visitEveryPage() {
        int port = TestServer.freePort();
        var origin = "http://localhost:" + port;
        screen = new Screen(origin);
        server = TestServer.start(
                TestServer.newDatabase(),
                origin,
                port,
                TestServer.newDataDirectory(),
                Map.of(
                        "rapport.federation.providers.home.issuer", "http://127.0.0.1:1",
                        "rapport.federation.providers.home.client-id", "rapport",
                        "rapport.federation.providers.home.display-name", "Home"));
        for (var language : List.of("en", "de")) {
            GALLERIES.put(language, new LinkedHashMap<>(Gallery.ofAnEmptyServer(server, origin, language)));
        }
        TestWorld.create(server);
        GALLERIES.forEach((language, pages) -> pages.putAll(Gallery.of(server, origin, language)));
    }

    @AfterAll
    static void stop() {
        if (screen != null) {
            screen.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void isLookedAt() throws IOException {
        var templates = new TreeSet<String>();
        try (var files = Files.list(TEMPLATES)) {
            files.map(file -> file.getFileName().toString().replace(".html", ""))
                    .filter(name -> !name.endsWith("layout"))
                    .forEach(templates::add);
        }
        var seen = new TreeSet<String>();
        GALLERIES.getOrDefault("en", Map.of()).keySet().forEach(name -> seen.add(name.split(" ", 2)[0]));

        assertThat(seen).isEqualTo(templates);
        assertThat(GALLERIES.get("de").keySet()).isEqualTo(GALLERIES.get("en").keySet());
    }

    @ParameterizedTest(name = "in {0}, {1} pixels wide, dark: {2}")
    @CsvSource({"en, 1280, false", "en, 360, true", "de, 1280, true", "de, 360, false"})
    void breaksNoRuleAndFitsItsScreen(String language, int width, boolean dark) {
        var softly = new SoftAssertions();
        GALLERIES.getOrDefault(language, Map.of()).forEach((name, html) -> {
            screen.show(html, width, dark);
            softly.assertThat(screen.violations()).as(name).isEmpty();
            softly.assertThat(screen.overflow()).as("pixels too wide: " + name).isLessThanOrEqualTo(0);
            picture(String.join("-", language, String.valueOf(width), name.replace(' ', '-')));
        });
        softly.assertAll();
    }

    @Test
    @DisplayName("can be used by keys alone: each control comes once, in the order of the page, and its focus is seen")
    void isWalkedThroughByKeys() {
        var softly = new SoftAssertions();
        GALLERIES.getOrDefault("en", Map.of()).forEach((name, html) -> {
            screen.show(html, Screen.DESKTOP, false);
            var controls = screen.focusable();
            var expected = IntStream.range(0, controls.size())
                    .mapToObj(String::valueOf)
                    .toList();
            softly.assertThat(screen.tabbed(controls.size())).as(name).isEqualTo(expected);
        });
        softly.assertAll();
    }

    private static void picture(String name) {
        if (Boolean.getBoolean("rapport.pictures")) {
            try {
                Files.write(Files.createDirectories(PICTURES).resolve(name + ".png"), screen.picture());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
