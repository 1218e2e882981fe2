package org.rapport.smart;

import static io.restassured.RestAssured.given;

import io.restassured.filter.cookie.CookieFilter;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;

/** What a person does with a browser: open pages, send the form found on them, follow redirects within the server. */
public final class Browser {

    private static final Pattern ACTION = Pattern.compile("<form [^>]*action=\"([^\"]*)\"");
    private static final Pattern SENT = Pattern.compile("<input type=\"(?:hidden|checkbox)\"([^>]*)>");
    private static final Pattern ATTRIBUTE = Pattern.compile("([a-z]+)=\"([^\"]*)\"");
    private static final int MOST_HOPS = 10;

    private final String server;
    private final Map<String, String> headers;
    private final CookieFilter cookies = new CookieFilter();

    public Browser(String server) {
        this(server, Map.of());
    }

    private Browser(String server, Map<String, String> headers) {
        this.server = server;
        this.headers = headers;
    }

    /** A browser that seems to be at another network address. */
    public static Browser at(String address, String server) {
        return new Browser(server, Map.of(ClaimedAddress.HEADER, address));
    }

    /** A browser whose owner reads this language, such as {@code de}. */
    public static Browser reading(String language, String server) {
        return new Browser(server, Map.of("Accept-Language", language));
    }

    private RequestSpecification request() {
        return given().headers(headers).filter(cookies).redirects().follow(false);
    }

    /** The cookie of the session. */
    public String session() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("rapport"))
                .map(cookie -> cookie.getValue())
                .findFirst()
                .orElse("");
    }

    /** Opens an address and follows redirects as long as they stay on the server. */
    public Response open(String url) {
        return follow(request().urlEncodingEnabled(false).get(URI.create(absolute(url))));
    }

    /** Sends the first form of a page: its hidden fields, what is ticked and what was typed. */
    public Response send(Response page, Map<String, String> typed) {
        var action = ACTION.matcher(page.asString());
        if (!action.find()) {
            throw new IllegalStateException("No form on this page: " + page.statusCode() + page.asString());
        }
        return post(action.group(1), hidden(page), typed);
    }

    /** Sends fields to an address, as any page on the web could make a browser do. */
    public Response post(String path, Map<String, List<String>> hidden, Map<String, String> typed) {
        var form = request();
        hidden.forEach((name, values) -> form.formParam(name, values));
        typed.forEach(form::formParam);
        return follow(form.post(URI.create(absolute(path))));
    }

    /** Sends a body that is no form, with the token of a form. */
    public Response text(String path, Map<String, List<String>> hidden, String body) {
        var token = hidden.getOrDefault("_csrf", List.of("")).get(0);
        return request()
                .contentType("text/plain")
                .header("X-CSRF-TOKEN", token)
                .body(body)
                .post(URI.create(absolute(path)));
    }

    /** What the first form on a page sends when nothing is typed; every box on our pages is ticked at first. */
    public static Map<String, List<String>> hidden(Response page) {
        Map<String, List<String>> fields = new HashMap<>();
        var inputs = SENT.matcher(page.asString().split("</form>", 2)[0]);
        while (inputs.find()) {
            Map<String, String> attributes = new HashMap<>();
            var attribute = ATTRIBUTE.matcher(inputs.group(1));
            while (attribute.find()) {
                attributes.put(attribute.group(1), HtmlUtils.htmlUnescape(attribute.group(2)));
            }
            fields.computeIfAbsent(attributes.get("name"), name -> new ArrayList<>())
                    .add(attributes.get("value"));
        }
        return fields;
    }

    private Response follow(Response response) {
        var answer = response;
        for (int hops = 0; hops < MOST_HOPS && staysHere(answer); hops++) {
            var next = URI.create(absolute(answer.header("Location")));
            answer = request().urlEncodingEnabled(false).get(next);
        }
        return answer;
    }

    private boolean staysHere(Response answer) {
        var location = answer.header("Location");
        return location != null && absolute(location).startsWith(server + "/");
    }

    private String absolute(String url) {
        return url.startsWith("/") ? server + url : url;
    }
}
