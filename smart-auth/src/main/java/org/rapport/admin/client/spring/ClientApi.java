package org.rapport.admin.client.spring;

import java.util.List;
import java.util.Map;
import org.rapport.admin.spring.AdminApi;
import org.rapport.admin.spring.AdminProblem;
import org.rapport.audit.Agent;
import org.rapport.smart.ClientAdministration;
import org.rapport.smart.Clients;
import org.rapport.smart.Clients.RegisteredApp;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Applications: register, change, disable, remove. */
@AdminApi(path = "/admin/api/clients")
class ClientApi {

    private static final String MOST = "100";

    private final Clients clients;
    private final ClientAdministration administration;

    ClientApi(Clients clients, ClientAdministration administration) {
        this.clients = clients;
        this.administration = administration;
    }

    @GetMapping
    List<ClientView> list(
            @RequestParam(defaultValue = "") String search, @RequestParam(defaultValue = MOST) int count) {
        return clients.list(search, Math.max(1, count)).stream()
                .map(ClientView::of)
                .toList();
    }

    @GetMapping("/{clientId}")
    ClientView show(@PathVariable String clientId) {
        return ClientView.of(known(clientId));
    }

    /** Answers with the secret, if it gets one, this once. */
    @PostMapping
    ResponseEntity<Map<String, Object>> register(
            @RequestBody ClientForm form, @RequestAttribute("org.rapport.audit.Agent") Agent by) {
        var secret = administration.newSecret();
        if (!administration.register(form.registration(secret), by)) {
            throw new AdminProblem.Taken("There is a client with this id already.");
        }
        var client = ClientView.of(known(form.clientId()));
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(form.needsSecret() ? Map.of("client", client, "clientSecret", secret) : Map.of("client", client));
    }

    @PutMapping("/{clientId}")
    ClientView change(
            @PathVariable String clientId,
            @RequestBody ClientForm form,
            @RequestAttribute("org.rapport.audit.Agent") Agent by) {
        require(administration.update(clientId, form.change(known(clientId).details()), by));
        return ClientView.of(known(clientId));
    }

    @PostMapping("/{clientId}/secret")
    Map<String, String> rotate(@PathVariable String clientId, @RequestAttribute("org.rapport.audit.Agent") Agent by) {
        return Map.of(
                "clientSecret",
                administration
                        .rotateSecret(clientId, by)
                        .orElseThrow(() -> new AdminProblem.Unknown("There is no client with this id and a secret.")));
    }

    @PostMapping("/{clientId}/disable")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void disable(@PathVariable String clientId, @RequestAttribute("org.rapport.audit.Agent") Agent by) {
        require(administration.disable(clientId, by));
    }

    @PostMapping("/{clientId}/enable")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void enable(@PathVariable String clientId, @RequestAttribute("org.rapport.audit.Agent") Agent by) {
        require(administration.enable(clientId, by));
    }

    @DeleteMapping("/{clientId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String clientId, @RequestAttribute("org.rapport.audit.Agent") Agent by) {
        require(administration.delete(clientId, by));
    }

    private RegisteredApp known(String clientId) {
        return clients.find(clientId).orElseThrow(ClientApi::unknown);
    }

    private static void require(boolean done) {
        if (!done) {
            throw unknown();
        }
    }

    private static AdminProblem.Unknown unknown() {
        return new AdminProblem.Unknown("There is no client with this id.");
    }
}
