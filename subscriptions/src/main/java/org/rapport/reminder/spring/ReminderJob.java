package org.rapport.reminder.spring;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.rapport.reminder.hapi.ReminderDispatch;
import org.rapport.work.Causes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Dispatches what is due; Quartz runs it on one instance of the cluster at a time. */
@DisallowConcurrentExecution
public final class ReminderJob implements Job {

    private static final Logger LOG = LoggerFactory.getLogger(ReminderJob.class);

    private final ReminderDispatch dispatch;

    /** Made by Spring for each run. */
    public ReminderJob(ReminderDispatch dispatch) {
        this.dispatch = dispatch;
    }

    @Override
    public void execute(JobExecutionContext context) {
        try {
            dispatch.run();
        } catch (RuntimeException e) {
            LOG.warn("Reminders could not be dispatched ({}); they are looked at again", Causes.of(e));
        }
    }
}
