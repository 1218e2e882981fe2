package org.rapport.notification.hapi;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.rapport.access.hapi.StoredResources;
import org.rapport.changes.Change;
import org.rapport.changes.ChangeFeed;

/** Tells clinicians of alerts: each new Task to look at an alert becomes a message to its owner. */
public final class AlertMessages implements Consumer<List<ChangeFeed.Entry>> {

    /** The code of Task.code that asks for an alert to be looked at. */
    static final String ALERT_REVIEW = "alert-review";

    private final StoredResources stored;
    private final Messages messages;

    AlertMessages(StoredResources stored, Messages messages) {
        this.stored = stored;
        this.messages = messages;
    }

    @Override
    public void accept(List<ChangeFeed.Entry> page) {
        page.stream()
                .map(ChangeFeed.Entry::change)
                .filter(change -> change.type().equals("Task") && change.kind() == Change.Kind.CREATED)
                .flatMap(change -> stored.current("Task", change.id()).map(Task.class::cast).stream())
                .filter(AlertMessages::asksForReview)
                .forEach(this::tell);
    }

    private static boolean asksForReview(Task task) {
        return task.getStatus() == TaskStatus.REQUESTED
                && task.hasOwner()
                && task.hasFor()
                && task.getCode().getCoding().stream().anyMatch(coding -> ALERT_REVIEW.equals(coding.getCode()));
    }

    private void tell(Task task) {
        var id = "Task/" + task.getIdElement().getIdPart();
        var draft = new Messages.Draft(
                "alert/" + id,
                "alert",
                task.getFor().getReference(),
                task.getOwner().getReference(),
                Optional.empty(),
                id,
                "An alert needs to be looked at.");
        messages.send(draft, task);
    }
}
