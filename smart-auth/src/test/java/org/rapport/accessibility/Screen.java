package org.rapport.accessibility;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.interactions.Actions;
import org.rapport.browser.Chromium;

/** Shows pages that came elsewhere in a real browser, with the server's own style, and judges what is seen. */
final class Screen implements AutoCloseable {

    static final int DESKTOP = 1280;
    static final int PHONE = 360;

    private static final int PARTS = 4;

    /** Levels A and AA of WCAG 2.2 and of the versions before, of which it consists. */
    private static final List<String> RULES = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    private static final String SHOW = """
            document.open();
            document.write(arguments[0]);
            document.close();
            const done = arguments[1];
            const styled = () => document.readyState === 'complete'
                && [...document.styleSheets].length > 0 ? done(true) : setTimeout(styled, 5);
            styled();
            """;

    private static final String JUDGE = """
            const done = arguments[1];
            axe.run(document, {runOnly: {type: 'tag', values: arguments[0]}, resultTypes: ['violations']})
                .then(found => done(found.violations.flatMap(rule => rule.nodes.map(
                    node => rule.id + ': ' + node.html + ' - ' + node.failureSummary))))
                .catch(problem => done(['axe failed: ' + problem]));
            """;

    private static final String FOCUSABLE = """
            return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, [tabindex]')]
                .filter(one => one.offsetParent !== null && !one.disabled && one.tabIndex >= 0)
                .map((one, number) => { one.dataset.order = number; return String(number); });
            """;

    /** The mark of the element with the focus, and whether the focus is seen; empty when nothing has it. */
    private static final String FOCUS = """
            const one = document.activeElement;
            if (!one || one === document.body) return '';
            const style = getComputedStyle(one);
            const seen = one.dataset.seen || style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
            if (seen) one.dataset.seen = 'true';
            return one.dataset.order + (seen ? '' : ' without a visible focus');
            """;

    private final Chromium chromium = Chromium.start();
    private final String origin;
    private final String axe = AxePackage.script();

    Screen(String origin) {
        this.origin = origin;
    }

    /** Shows a page to a reader with a screen that wide, in CSS pixels. */
    Screen show(String html, int width, boolean dark) {
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", width == PHONE));
        command(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        if (!chromium.driver().getCurrentUrl().startsWith(origin + "/login")) {
            chromium.open(origin + "/login");
        }
        chromium.driver().executeAsyncScript(SHOW, html);
        return this;
    }

    /** What on the page breaks WCAG 2.2 at level AA, as far as a program can tell. */
    List<String> violations() {
        if (Boolean.TRUE.equals(chromium.driver().executeScript("return typeof window.axe === 'undefined';"))) {
            chromium.driver().executeScript(axe);
        }
        return texts(chromium.driver().executeAsyncScript(JUDGE, RULES));
    }

    /** How far the page is wider than the screen, in CSS pixels. */
    long overflow() {
        var wider = chromium.driver()
                .executeScript("return document.documentElement.scrollWidth - document.documentElement.clientWidth;");
        return ((Number) Objects.requireNonNull(wider)).longValue();
    }

    /** Marks what can have the focus, in the order of the page. */
    List<String> focusable() {
        return texts(chromium.driver().executeScript(FOCUSABLE));
    }

    /**
     * What has the focus one after the other while somebody presses the tabulator key, until that many had it; a control
     * of several parts, such as a date, stands once.
     */
    List<String> tabbed(int controls) {
        chromium.driver().executeScript("document.activeElement.blur(); getSelection().collapse(document.body, 0);");
        List<String> order = new ArrayList<>();
        for (int i = 0; i < PARTS * controls && order.size() < controls; i++) {
            new Actions(chromium.driver()).sendKeys(Keys.TAB).perform();
            var focus = String.valueOf(chromium.driver().executeScript(FOCUS));
            if (order.isEmpty() || !order.get(order.size() - 1).equals(focus)) {
                order.add(focus);
            }
        }
        return order;
    }

    /** A picture of the page, PNG. */
    byte[] picture() {
        return chromium.driver().getScreenshotAs(OutputType.BYTES);
    }

    private void command(String name, Map<String, Object> parameters) {
        chromium.driver().executeCdpCommand(name, parameters);
    }

    private static List<String> texts(Object found) {
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }

    @Override
    public void close() {
        chromium.close();
    }
}
