package org.rapport.notification.hapi;

import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.rapport.access.PublicOrigin;
import org.rapport.access.hapi.StoredResources;
import org.rapport.mail.Mail;
import org.rapport.notification.Composer;

/** Writes to a clinician that an alert waits, and says nothing of the patient. */
final class AlertComposer implements Composer {

    private final Communications communications;
    private final StoredResources stored;
    private final PublicOrigin origin;

    AlertComposer(Communications communications, StoredResources stored, PublicOrigin origin) {
        this.communications = communications;
        this.stored = stored;
        this.origin = origin;
    }

    @Override
    public String category() {
        return "alert";
    }

    @Override
    public Composed compose(String communication) {
        var found = communications.find(communication);
        if (found.isEmpty()) {
            return new Composed.Withdrawn("The message is gone");
        }
        var task = new IdType(found.get().getAboutFirstRep().getReference()).getIdPart();
        boolean waits = stored.current("Task", task)
                .filter(each -> ((Task) each).getStatus() == TaskStatus.REQUESTED)
                .isPresent();
        if (!waits) {
            return new Composed.Withdrawn("The alert has been taken up");
        }
        return communications
                .address(found.get())
                .<Composed>map(address -> new Composed.Ready(new Mail(address, "An alert needs you", text(task))))
                .orElseGet(() -> new Composed.Withdrawn("The recipient has no e-mail address"));
    }

    private String text(String task) {
        return """
                A reading of one of your patients is beyond its critical limit.

                Sign in to see it: %s
                Task: %s
                """.formatted(origin.baseUrl(), task);
    }
}
