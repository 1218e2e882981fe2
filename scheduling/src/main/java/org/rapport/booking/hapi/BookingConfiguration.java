package org.rapport.booking.hapi;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import jakarta.persistence.EntityManagerFactory;
import java.time.Clock;
import java.util.Collection;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.rapport.access.PublicOrigin;
import org.rapport.access.hapi.OperationAccess;
import org.rapport.booking.ActiveBookings;
import org.rapport.booking.BookingAnswers;
import org.rapport.booking.BookingRefused;
import org.rapport.booking.ClaimedActors;
import org.rapport.booking.Claims;
import org.rapport.booking.TransactionClaims;
import org.rapport.changes.ChangeFeeds;
import org.rapport.failure.hapi.FailureException;
import org.rapport.work.Work;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.support.TransactionOperations;

/** Puts booking into the FHIR server. */
@Configuration(proxyBeanMethods = false)
class BookingConfiguration {

    @Bean
    ActiveBookings activeBookings(DataSource database, Clock clock) {
        return new ActiveBookings(JdbcClient.create(database), clock);
    }

    @Bean
    Calendar bookingCalendar(DaoRegistry daos, PublicOrigin origin) {
        var stored = new Stored(daos);
        return new Calendar(
                stored,
                new ClaimedActors(
                        origin,
                        role -> stored.find(PractitionerRole.class, role).map(PractitionerRole::getPractitioner)));
    }

    @Bean
    ClaimInterceptor claimInterceptor(ActiveBookings bookings, Calendar calendar, EntityManagerFactory entities) {
        var flush = SharedEntityManagerCreator.createSharedEntityManager(entities);
        return new ClaimInterceptor(
                new TransactionClaims(claims -> {
                    flush.flush();
                    replace(bookings, claims);
                }),
                calendar.actors());
    }

    /** What is still to be written goes first: the locks on rows come before the locks on actors, in every transaction. */
    private static void replace(ActiveBookings bookings, Collection<Claims> claims) {
        try {
            bookings.replace(claims);
        } catch (BookingRefused e) {
            throw new FailureException(e.failure());
        }
    }

    @Bean
    Openings bookingOpenings(Calendar calendar, ActiveBookings bookings, Clock clock) {
        return new Openings(calendar, bookings, clock);
    }

    @Bean
    Bookings bookings(Calendar calendar, ActiveBookings claims, OperationAccess access, Clock clock) {
        return new Bookings(calendar, claims, access, clock);
    }

    @Bean
    HoldSweep holdSweep(Bookings bookings, ActiveBookings claims, TransactionOperations transaction) {
        return new HoldSweep(bookings, claims, transaction);
    }

    @Bean
    Work slotRelease(ChangeFeeds feeds, Bookings bookings) {
        return feeds.work("slot-release", new SlotRelease(bookings));
    }

    @Bean
    BookingAnswers bookingAnswers(DataSource database, Clock clock) {
        return new BookingAnswers(JdbcClient.create(database), clock);
    }

    @Bean
    BookingDesk bookingDesk(
            Bookings bookings, BookingAnswers answers, OperationAccess access, TransactionOperations transaction) {
        return new BookingDesk(bookings, answers, access, transaction);
    }

    @Bean
    BookingProvider bookingProvider(
            Openings openings, BookingDesk desk, HoldSweep holds, OperationAccess access, PublicOrigin origin) {
        return new BookingProvider(openings, desk, holds, access, origin);
    }
}
