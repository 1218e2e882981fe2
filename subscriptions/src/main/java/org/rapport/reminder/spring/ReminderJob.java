package org.rapport.reminder.spring;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.rapport.reminder.hapi.ReminderDispatch;

/** Dispatches what is due; Quartz runs it on one instance of the cluster at a time. */
@DisallowConcurrentExecution
public final class ReminderJob implements Job {

    private final ReminderDispatch dispatch;

    /** Made by Spring for each run. */
    public ReminderJob(ReminderDispatch dispatch) {
        this.dispatch = dispatch;
    }

    @Override
    public void execute(JobExecutionContext context) {
        dispatch.run();
    }
}
