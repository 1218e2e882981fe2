package org.rapport.admin.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.rapport.registration.InitialAccessTokens;
import org.rapport.signing.SigningKey;
import org.rapport.signing.SigningKeys;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page about signing keys and the tokens by which applications register themselves. */
@Controller
class SecretsPages {

    private static final String PAGE = "/admin/keys";
    private static final Duration WEEK = Duration.ofDays(7);

    private final AdminVisit.Desk desk;
    private final SigningKeys keys;
    private final InitialAccessTokens tokens;

    SecretsPages(AdminVisit.Desk desk, SigningKeys keys, InitialAccessTokens tokens) {
        this.desk = desk;
        this.keys = keys;
        this.tokens = tokens;
    }

    @GetMapping(PAGE)
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        desk.visit(request, response)
                .show(
                        "admin-keys",
                        Map.of(
                                "keys", keys.all().stream().map(SigningKey::id).toList(),
                                "tokens", tokens.list(),
                                "rotated", request.getParameter("rotated") != null));
    }

    @PostMapping(PAGE)
    void rotate(HttpServletRequest request, HttpServletResponse response) {
        var visit = desk.visit(request, response);
        if (visit.mayAct(PAGE)) {
            keys.rotateNow(visit.by());
            visit.go(PAGE + "?rotated");
        }
    }

    @PostMapping(PAGE + "/tokens")
    void make(HttpServletRequest request, HttpServletResponse response, @RequestParam(defaultValue = "") String note)
            throws IOException {
        var visit = desk.visit(request, response);
        if (visit.mayAct(PAGE)) {
            visit.showSecret("token", note, tokens.create(note, 1, WEEK, visit.by()), PAGE);
        }
    }

    @PostMapping(PAGE + "/tokens/{id}")
    void end(HttpServletRequest request, HttpServletResponse response, @PathVariable String id) {
        var visit = desk.visit(request, response);
        if (visit.mayAct(PAGE)) {
            tokens.revoke(id, visit.by());
            visit.go(PAGE);
        }
    }
}
