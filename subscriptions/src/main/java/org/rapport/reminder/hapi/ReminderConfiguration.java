package org.rapport.reminder.hapi;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import javax.sql.DataSource;
import org.rapport.access.PublicOrigin;
import org.rapport.changes.ChangeFeeds;
import org.rapport.notification.Composer;
import org.rapport.notification.hapi.Communications;
import org.rapport.notification.hapi.Messages;
import org.rapport.reminder.ActionLinks;
import org.rapport.reminder.PlannedReminders;
import org.rapport.reminder.ReminderPlanner;
import org.rapport.reminder.ReminderPolicy;
import org.rapport.work.Work;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Plans reminders from the change log and writes their messages. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReminderPolicy.class)
class ReminderConfiguration {

    @Bean
    ReminderPlanner reminderPlanner(ReminderPolicy policy, Clock clock) {
        return new ReminderPlanner(policy, clock);
    }

    @Bean
    Appointments remindedAppointments(DaoRegistry daos) {
        return new Appointments(daos);
    }

    @Bean
    Work reminderPlanning(ChangeFeeds feeds, ReminderPlanner planner, DaoRegistry daos, Appointments appointments) {
        var planned = new PlannedReminders(feeds.database());
        return feeds.work(
                "reminder-planner",
                new AppointmentReminders(planner, planned, appointments, new ReminderRequests(daos)));
    }

    @Bean
    ReminderDispatch reminderDispatch(
            ChangeFeeds feeds, ReminderPlanner planner, DaoRegistry daos, Messages messages, Clock clock) {
        var effects = new ReminderDispatch.Effects(
                new Appointments(daos), new ReminderRequests(daos), messages, feeds.transaction());
        return new ReminderDispatch(new PlannedReminders(feeds.database()), planner, effects, clock);
    }

    @Bean
    ActionLinks actionLinks(DataSource database, Clock clock) {
        return new ActionLinks(JdbcClient.create(database), new SecureRandom(), clock);
    }

    @Bean
    Composer reminderComposer(
            ChangeFeeds feeds,
            Communications communications,
            Appointments appointments,
            ActionLinks links,
            PublicOrigin origin) {
        return new ReminderComposer(
                communications, new PlannedReminders(feeds.database()), appointments, links, origin);
    }
}
