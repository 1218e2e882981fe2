package org.rapport.notification.hapi;

import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.rapport.access.PublicOrigin;
import org.rapport.access.hapi.Addressees;
import org.rapport.access.hapi.StoredResources;
import org.rapport.mail.Mail;
import org.rapport.notification.Composer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to a clinician that an alert waits, if the clinician may still see it, and says nothing of the patient. */
final class AlertComposer implements Composer {

    private static final Logger LOG = LoggerFactory.getLogger(AlertComposer.class);

    private final Communications communications;
    private final StoredResources stored;
    private final Addressees addressees;
    private final PublicOrigin origin;

    AlertComposer(Communications communications, StoredResources stored, Addressees addressees, PublicOrigin origin) {
        this.communications = communications;
        this.stored = stored;
        this.addressees = addressees;
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
        var task = current(found.get().getAboutFirstRep(), Task.class);
        if (task.filter(each -> each.getStatus() == TaskStatus.REQUESTED).isEmpty()) {
            return new Composed.Withdrawn("The alert has been taken up");
        }
        var patient = new IdType(task.get().getFor().getReference());
        if (!patient.hasIdPart()
                || !addressees.mayRead(found.get().getRecipientFirstRep(), patient.getIdPart(), content(task.get()))) {
            LOG.warn(
                    "Nobody is told of alert {}: its owner may not see it",
                    found.get().getAboutFirstRep().getReference());
            return new Composed.Withdrawn("The recipient may not see the alert");
        }
        return communications
                .address(found.get())
                .<Composed>map(address -> new Composed.Ready(new Mail(
                        address,
                        "An alert needs you",
                        text(task.get().getIdElement().getIdPart()))))
                .orElseGet(() -> new Composed.Withdrawn("The recipient has no e-mail address"));
    }

    /** All that the mail makes somebody look at: the Task, what is wrong, and the readings that show it. */
    private Stream<Resource> content(Task task) {
        var issue = current(task.getFocus(), DetectedIssue.class);
        var readings = issue.stream()
                .flatMap(each -> each.getImplicated().stream())
                .flatMap(reading -> current(reading, Observation.class).stream());
        return Stream.of(Stream.of(task), issue.stream(), readings).flatMap(each -> each);
    }

    private <T extends Resource> Optional<T> current(Reference reference, Class<T> type) {
        var id = new IdType(reference.getReference());
        return type.getSimpleName().equals(id.getResourceType())
                ? stored.current(id.getResourceType(), id.getIdPart()).map(type::cast)
                : Optional.empty();
    }

    private String text(String task) {
        return """
                A reading of one of your patients is beyond its critical limit.

                Sign in to see it: %s
                Task: %s
                """.formatted(origin.baseUrl(), task);
    }
}
