package org.rapport.launch;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the server's own pages look, for applications that want to look alike.
 *
 * @see <a href="https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#styling">SMART App Launch,
 *     styling</a>
 */
public final class SmartStyle {

    /** Where the document is, from the origin on. */
    public static final String PATH = "/smart-style.json";

    private SmartStyle() {}

    /** The document: the light colours and the measures of the server's style sheet. */
    public static Map<String, Object> document() {
        Map<String, Object> style = new LinkedHashMap<>();
        style.put("color_background", "#ffffff");
        style.put("color_error", "#a40e26");
        style.put("color_highlight", "#0b57a4");
        style.put("color_modal_backdrop", "#1b1f24");
        style.put("color_success", "#1a6334");
        style.put("color_text", "#1b1f24");
        style.put("dim_border_radius", "6px");
        style.put("dim_font_size", "16px");
        style.put("dim_spacing_size", "16px");
        style.put("font_family_body", "system-ui, sans-serif");
        style.put("font_family_heading", "system-ui, sans-serif");
        return style;
    }
}
