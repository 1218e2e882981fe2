package org.rapport.reminder.spring;

import java.util.Properties;
import javax.sql.DataSource;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;
import org.springframework.scheduling.quartz.SpringBeanJobFactory;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * A Quartz scheduler that all instances on one database share. It only says when to look; what is due is said by the
 * clock and the database.
 */
@Configuration(proxyBeanMethods = false)
class SchedulerConfiguration {

    private static final int SECONDS_BETWEEN_LOOKS = 5;

    @Bean
    SchedulerFactoryBean clusteredScheduler(
            DataSource database, PlatformTransactionManager transactions, ApplicationContext context) {
        var jobs = new SpringBeanJobFactory();
        jobs.setApplicationContext(context);
        var scheduler = new SchedulerFactoryBean();
        scheduler.setSchedulerName("rapport");
        scheduler.setDataSource(database);
        scheduler.setTransactionManager(transactions);
        scheduler.setJobFactory(jobs);
        scheduler.setQuartzProperties(cluster());
        scheduler.setOverwriteExistingJobs(true);
        scheduler.setJobDetails(reminders());
        scheduler.setTriggers(often(reminders()));
        scheduler.setWaitForJobsToCompleteOnShutdown(true);
        return scheduler;
    }

    private static Properties cluster() {
        var properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceId", "AUTO");
        properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        properties.setProperty(
                "org.quartz.jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
        properties.setProperty("org.quartz.jobStore.isClustered", "true");
        properties.setProperty("org.quartz.jobStore.clusterCheckinInterval", "10000");
        properties.setProperty("org.quartz.threadPool.threadCount", "1");
        properties.setProperty("org.quartz.scheduler.batchTriggerAcquisitionMaxCount", "1");
        return properties;
    }

    private static JobDetail reminders() {
        return JobBuilder.newJob(ReminderJob.class)
                .withIdentity("dispatch-reminders")
                .storeDurably()
                .build();
    }

    private static Trigger often(JobDetail job) {
        return TriggerBuilder.newTrigger()
                .forJob(job)
                .withIdentity("dispatch-reminders")
                .withSchedule(SimpleScheduleBuilder.repeatSecondlyForever(SECONDS_BETWEEN_LOOKS)
                        .withMisfireHandlingInstructionNextWithRemainingCount())
                .build();
    }
}
