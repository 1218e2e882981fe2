package org.rapport.alert;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sees to it that a patient has one open alert of a rule, whoever raises it: the row of both is locked. */
public final class OpenAlerts {

    private final JdbcClient database;

    /**
     * @param database joins the transaction that raises the alert
     */
    public OpenAlerts(JdbcClient database) {
        this.database = database;
    }

    /**
     * The alert that was raised last.
     *
     * @param issueId id of its DetectedIssue
     * @param taskId id of its Task
     */
    public record Known(String issueId, String taskId) {}

    /** Locks the rule for the patient until the transaction ends; empty when it was never raised. */
    public Optional<Known> lock(String patient, String rule) {
        database.sql("insert into alert_open (patient_id, rule) values (?, ?) on conflict do nothing")
                .params(patient, rule)
                .update();
        return database.sql("select issue_id, task_id from alert_open where patient_id = ? and rule = ? for update")
                .params(patient, rule)
                .query((row, number) -> known(row.getString(1), row.getString(2)))
                .single();
    }

    private static Optional<Known> known(@Nullable String issueId, @Nullable String taskId) {
        return issueId == null || taskId == null ? Optional.empty() : Optional.of(new Known(issueId, taskId));
    }

    /** Notes the alert that was raised just now. */
    public void raised(String patient, String rule, Known alert) {
        database.sql("update alert_open set issue_id = ?, task_id = ?, opened_at = now()"
                        + " where patient_id = ? and rule = ?")
                .params(alert.issueId(), alert.taskId(), patient, rule)
                .update();
    }
}
