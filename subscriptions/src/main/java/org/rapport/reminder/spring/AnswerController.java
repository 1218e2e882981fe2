package org.rapport.reminder.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Appointment;
import org.rapport.audit.AuditTrail;
import org.rapport.reminder.ActionLinks;
import org.rapport.reminder.ActionLinks.Purpose;
import org.rapport.reminder.PatientAnswer;
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
    private final AnswerAudit audit;

    AnswerController(
            ActionLinks links,
            Appointments appointments,
            TransactionOperations transaction,
            AnswerPages pages,
            AnswerAudit audit) {
        this.links = links;
        this.appointments = appointments;
        this.transaction = transaction;
        this.pages = pages;
        this.audit = audit;
    }

    @GetMapping(PATH)
    void show(HttpServletRequest request, HttpServletResponse response, @PathVariable String token) throws IOException {
        var purpose = links.find(token);
        var page = page(token, purpose, "ask");
        audit.append(AnswerAudit.trail(request), purpose, page.status());
        pages.send(request, response, page);
    }

    @PostMapping(PATH)
    void answer(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String token,
            @RequestParam(defaultValue = "") String act,
            @RequestParam(defaultValue = "") String form)
            throws IOException {
        var trail = AnswerAudit.trail(request);
        var purpose = links.find(token);
        var page = recordingFailures(trail, purpose, () -> answered(token, purpose, trail, act, form));
        audit.append(trail, purpose, page.status());
        pages.send(request, response, page);
    }

    private AnswerPages.Page answered(
            String token, Optional<Purpose> purpose, AuditTrail trail, String act, String form) {
        return ActionLinks.isFormOf(token, form)
                ? switch (act) {
                    case "confirm" -> changed(token, purpose, "done", trail, PatientAnswer::confirm);
                    case "cancel" -> page(token, purpose, "sure");
                    case "cancel-surely" -> changed(token, purpose, "cancelled", trail, PatientAnswer::cancel);
                    default -> page(token, purpose, "ask");
                }
                : page(token, purpose, "ask");
    }

    /** Two presses of one button may meet: one of them fails. */
    private AnswerPages.Page recordingFailures(
            AuditTrail trail, Optional<Purpose> purpose, Supplier<AnswerPages.Page> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            audit.append(trail, purpose, HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            throw e;
        }
    }

    private AnswerPages.Page page(String token, Optional<Purpose> purpose, String state) {
        return purpose.map(wanted -> appointments
                        .booked(wanted)
                        .map(found -> view(token, found, shown(state, found, wanted)))
                        .orElseGet(() -> AnswerPages.Page.problem("moved")))
                .orElseGet(() -> AnswerPages.Page.problem("gone"));
    }

    private static String shown(String state, Appointment found, Purpose purpose) {
        return state.equals("ask") && PatientAnswer.isConfirmed(found, purpose.patient()) ? "done" : state;
    }

    private AnswerPages.Page changed(
            String token,
            Optional<Purpose> purpose,
            String state,
            AuditTrail trail,
            BiConsumer<Appointment, String> answer) {
        return purpose.map(wanted -> transaction.execute(status -> appointments
                        .booked(wanted)
                        .map(found -> {
                            answer.accept(found, wanted.patient());
                            appointments.update(found, trail);
                            return view(token, found, state);
                        })
                        .orElseGet(() -> AnswerPages.Page.problem("moved"))))
                .orElseGet(() -> AnswerPages.Page.problem("gone"));
    }

    private AnswerPages.Page view(String token, Appointment appointment, String state) {
        return AnswerPages.Page.of(
                state,
                ActionLinks.formKey(token),
                appointment.getStart().toInstant().atZone(appointments.zone(appointment)),
                appointments.place(appointment).orElse(""));
    }
}
