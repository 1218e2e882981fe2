package org.rapport.federation.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.rapport.account.spring.PageSecurity;
import org.rapport.account.spring.Pages;
import org.rapport.account.spring.Visitor;
import org.rapport.federation.FederationSettings;
import org.rapport.federation.OutsideIdentities;
import org.rapport.federation.OutsideIdentities.Identity;
import org.rapport.password.spring.FreshFactor;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** The pages on which people choose a provider to sign in by, and link one with their account. */
@Controller
class OutsidePages {

    private static final String LINKS = "/account/outside";

    private final Pages pages;
    private final FederationSettings settings;
    private final OutsideIdentities identities;
    private final FreshFactor freshFactor;

    OutsidePages(Pages pages, FederationSettings settings, OutsideIdentities identities, FreshFactor freshFactor) {
        this.pages = pages;
        this.settings = settings;
        this.identities = identities;
        this.freshFactor = freshFactor;
    }

    /**
     * A provider on a page.
     *
     * @param linked whether it opens the reader's account
     */
    record Choice(String name, String displayName, boolean linked) {}

    @GetMapping(OutsideFilters.START)
    void choose(HttpServletRequest request, HttpServletResponse response) throws IOException {
        pages.send(request, response, new Pages.Page(200, "outside-sign-in", Map.of("providers", choices(Set.of()))));
    }

    @GetMapping(LINKS)
    void links(HttpServletRequest request, HttpServletResponse response, Principal who) throws IOException {
        var linked =
                identities.of(who.getName()).stream().map(Identity::provider).collect(Collectors.toSet());
        pages.send(request, response, new Pages.Page(200, "outside-links", Map.of("providers", choices(linked))));
    }

    @PostMapping("/account/outside/{provider}/link")
    void link(HttpServletRequest request, HttpServletResponse response, @PathVariable String provider, Principal who)
            throws IOException {
        if (!settings.providers().containsKey(provider)) {
            pages.send(request, response, Pages.Page.problem(404, "not-found"));
            return;
        }
        if (!freshFactor.given(request, response, LINKS)) {
            return;
        }
        request.getSession().setAttribute(OutsideSignIn.LINKING, who.getName());
        PageSecurity.seeOther(response, OutsideFilters.START + '/' + provider);
    }

    @PostMapping("/account/outside/{provider}/unlink")
    void unlink(
            HttpServletRequest request, HttpServletResponse response, @PathVariable String provider, Principal who) {
        identities.unlink(provider, who.getName(), Visitor.of(request));
        PageSecurity.seeOther(response, LINKS);
    }

    private List<Choice> choices(Set<String> linked) {
        return settings.providers().entrySet().stream()
                .map(entry ->
                        new Choice(entry.getKey(), entry.getValue().displayName(), linked.contains(entry.getKey())))
                .sorted(Comparator.comparing(Choice::displayName))
                .toList();
    }
}
