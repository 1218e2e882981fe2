package org.rapport.reminder.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.hl7.fhir.r4.model.Appointment;
import org.rapport.reminder.ActionLinks;
import org.rapport.reminder.ActionLinks.Purpose;
import org.rapport.reminder.hapi.Appointments;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The pages behind the links in messages. Opening one changes nothing, as programs that check mails open every link: only
 * the form on the page does.
 */
@Controller
class AnswerController {

    private static final String PATH = "/a/{token:[A-Za-z0-9_\\-]{43}}";

    private final ActionLinks links;
    private final Appointments appointments;
    private final TransactionOperations transaction;
    private final AnswerPages pages;

    AnswerController(
            ActionLinks links, Appointments appointments, TransactionOperations transaction, AnswerPages pages) {
        this.links = links;
        this.appointments = appointments;
        this.transaction = transaction;
        this.pages = pages;
    }

    @GetMapping(PATH)
    void show(HttpServletRequest request, HttpServletResponse response, @PathVariable String token) throws IOException {
        pages.send(request, response, page(token, "ask"));
    }

    @PostMapping(PATH)
    void answer(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String token,
            @RequestParam(defaultValue = "") String act,
            @RequestParam(defaultValue = "") String form)
            throws IOException {
        var page = ActionLinks.isFormOf(token, form)
                ? switch (act) {
                    case "confirm" -> confirmed(token);
                    case "cancel" -> page(token, "sure");
                    case "cancel-surely" -> cancelled(token);
                    default -> page(token, "ask");
                }
                : page(token, "ask");
        pages.send(request, response, page);
    }

    private AnswerPages.Page page(String token, String state) {
        var purpose = links.find(token);
        if (purpose.isEmpty()) {
            return AnswerPages.Page.problem("gone");
        }
        return booked(purpose.get())
                .map(found -> view(
                        token,
                        found,
                        state.equals("ask")
                                        && Appointments.confirmed(
                                                found, purpose.get().patient())
                                ? "done"
                                : state))
                .orElseGet(() -> AnswerPages.Page.problem("moved"));
    }

    private AnswerPages.Page confirmed(String token) {
        return links.find(token)
                .map(purpose -> transaction.execute(status -> booked(purpose)
                        .map(found -> {
                            appointments.confirm(found, purpose.patient());
                            return view(token, found, "done");
                        })
                        .orElseGet(() -> AnswerPages.Page.problem("moved"))))
                .orElseGet(() -> AnswerPages.Page.problem("gone"));
    }

    private AnswerPages.Page cancelled(String token) {
        return links.find(token)
                .map(purpose -> transaction.execute(status -> booked(purpose)
                        .map(found -> {
                            appointments.cancel(found, purpose.patient());
                            return view(token, found, "cancelled");
                        })
                        .orElseGet(() -> AnswerPages.Page.problem("moved"))))
                .orElseGet(() -> AnswerPages.Page.problem("gone"));
    }

    private Optional<Appointment> booked(Purpose purpose) {
        return appointments.booked(purpose);
    }

    private AnswerPages.Page view(String token, Appointment appointment, String state) {
        return AnswerPages.Page.of(
                state,
                ActionLinks.formKey(token),
                appointment.getStart().toInstant().atZone(appointments.zone(appointment)),
                appointments.place(appointment).orElse(""));
    }
}
