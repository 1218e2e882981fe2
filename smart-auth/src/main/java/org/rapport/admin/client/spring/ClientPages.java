package org.rapport.admin.client.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.rapport.admin.spring.AdminVisit;
import org.rapport.smart.ClientAdministration;
import org.rapport.smart.Clients;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Pages about applications. */
@Controller
class ClientPages {

    private static final String LIST = "/admin/clients";
    private static final int MOST = 200;
    private static final String PAGE = "admin-client";

    private final AdminVisit.Desk desk;
    private final Clients clients;
    private final ClientAdministration administration;

    ClientPages(AdminVisit.Desk desk, Clients clients, ClientAdministration administration) {
        this.desk = desk;
        this.clients = clients;
        this.administration = administration;
    }

    @GetMapping(LIST)
    void list(HttpServletRequest request, HttpServletResponse response, @RequestParam(defaultValue = "") String search)
            throws IOException {
        var found = clients.list(search, MOST).stream().map(ClientView::of).toList();
        desk.visit(request, response).show("admin-clients", Map.of("clients", found, "search", search));
    }

    @GetMapping(LIST + "/new")
    void begin(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var visit = desk.visit(request, response);
        if (visit.isProven()) {
            var empty = new ClientForm("", "public", "", List.of(), List.of(), List.of(), "", "", false, List.of());
            visit.show(PAGE, model(empty, true, "", false));
        }
    }

    @PostMapping(LIST)
    void register(HttpServletRequest request, HttpServletResponse response, @RequestParam Map<String, String> fields)
            throws IOException {
        var visit = desk.visit(request, response);
        if (!visit.mayAct(LIST + "/new")) {
            return;
        }
        var form = ClientForm.ofPage(fields);
        var secret = administration.newSecret();
        try {
            if (!administration.register(form.registration(secret), visit.by())) {
                visit.show(409, PAGE, model(form, true, "There is a client with this id already.", false));
                return;
            }
            if (form.needsSecret()) {
                visit.showSecret("client", form.clientId(), secret, LIST + '/' + form.clientId());
            } else {
                visit.go(LIST + '/' + form.clientId() + "?saved");
            }
        } catch (IllegalArgumentException wrong) {
            visit.show(400, PAGE, model(form, true, String.valueOf(wrong.getMessage()), false));
        }
    }

    @GetMapping(LIST + "/{clientId}")
    void show(HttpServletRequest request, HttpServletResponse response, @PathVariable String clientId)
            throws IOException {
        var visit = desk.visit(request, response);
        var client = clients.find(clientId);
        if (client.isEmpty()) {
            visit.notFound();
        } else if (visit.isProven()) {
            boolean saved = request.getParameter("saved") != null;
            visit.show(PAGE, model(ClientView.of(client.get()), false, "", saved));
        }
    }

    @PostMapping(LIST + "/{clientId}")
    void change(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String clientId,
            @RequestParam Map<String, String> fields)
            throws IOException {
        var visit = desk.visit(request, response);
        var client = clients.find(clientId);
        if (client.isEmpty()) {
            visit.notFound();
        } else if (visit.mayAct(LIST + '/' + clientId)) {
            try {
                var form = ClientForm.ofPage(fields);
                administration.update(clientId, form.change(client.get().details()), visit.by());
                visit.go(LIST + '/' + clientId + "?saved");
            } catch (IllegalArgumentException wrong) {
                visit.show(
                        400,
                        PAGE,
                        model(ClientView.of(client.get()), false, String.valueOf(wrong.getMessage()), false));
            }
        }
    }

    @PostMapping(LIST + "/{clientId}/{act}")
    void act(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String clientId,
            @PathVariable String act)
            throws IOException {
        var visit = desk.visit(request, response);
        var page = LIST + '/' + clientId;
        if (clients.find(clientId).isEmpty()) {
            visit.notFound();
        } else if (visit.mayAct(page)) {
            switch (act) {
                case "secret" -> rotate(visit, clientId, page);
                case "disable" -> {
                    administration.disable(clientId, visit.by());
                    visit.go(page + "?saved");
                }
                case "enable" -> {
                    administration.enable(clientId, visit.by());
                    visit.go(page + "?saved");
                }
                case "delete" -> {
                    administration.delete(clientId, visit.by());
                    visit.go(LIST);
                }
                default -> visit.notFound();
            }
        }
    }

    private void rotate(AdminVisit visit, String clientId, String page) throws IOException {
        var secret = administration.rotateSecret(clientId, visit.by());
        if (secret.isPresent()) {
            visit.showSecret("client", clientId, secret.get(), page);
        } else {
            visit.notFound();
        }
    }

    private static Map<String, Object> model(Object client, boolean isNew, String problem, boolean saved) {
        return Map.of("client", client, "isNew", isNew, "problem", problem, "saved", saved, "lineEnd", "\n");
    }
}
