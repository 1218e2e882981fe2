package org.rapport.booking.hapi;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.rapport.access.hapi.OperationAccess;
import org.rapport.booking.BookingAnswers;
import org.rapport.booking.BookingAnswers.Answer;
import org.rapport.booking.BookingAnswers.Request;
import org.rapport.booking.BookingRefused;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;
import org.springframework.transaction.support.TransactionOperations;

/** Takes the requests that change an Appointment: each in one transaction, a repeated one answered as before. */
final class BookingDesk {

    private static final String KEY = "Idempotency-Key";

    private final Bookings bookings;
    private final BookingAnswers answers;
    private final OperationAccess access;
    private final TransactionOperations transaction;

    BookingDesk(Bookings bookings, BookingAnswers answers, OperationAccess access, TransactionOperations transaction) {
        this.bookings = bookings;
        this.answers = answers;
        this.access = access;
        this.transaction = transaction;
    }

    Appointment hold(RequestDetails request, Wish wish) {
        return answered(() -> once(request, () -> bookings.hold(request, wish)));
    }

    Appointment book(RequestDetails request, Wish wish) {
        return answered(() -> once(request, () -> bookings.book(request, wish)));
    }

    Appointment confirm(RequestDetails request, String id) {
        return answered(() -> bookings.confirm(request, id));
    }

    Appointment cancel(RequestDetails request, String id, Optional<CodeableConcept> reason) {
        return answered(() -> bookings.cancel(request, id, reason));
    }

    private Appointment once(RequestDetails request, Supplier<Appointment> work) {
        var key = Optional.ofNullable(request.getHeader(KEY)).map(header -> remembered(request, header));
        var earlier = key.flatMap(answers::find);
        if (earlier.isPresent()) {
            return bookings.version(earlier.get());
        }
        var made = work.get();
        key.ifPresent(once -> answers.keep(
                once,
                new Answer(made.getIdElement().getIdPart(), made.getIdElement().getVersionIdPartAsLong())));
        return made;
    }

    private Request remembered(RequestDetails request, String key) {
        var caller = access.caller(request);
        var content = new ByteArrayOutputStream();
        content.writeBytes((request.getOperation() + "\n").getBytes(StandardCharsets.UTF_8));
        content.writeBytes(request.loadRequestContents());
        return Request.of(caller.clientId() + "\n" + caller.subject(), key, content.toByteArray());
    }

    private Appointment answered(Supplier<Appointment> work) {
        try {
            return transaction.execute(status -> work.get());
        } catch (BookingRefused e) {
            throw new FailureException(e.failure());
        } catch (ResourceVersionConflictException e) {
            throw new FailureException(Failure.CONFLICT);
        }
    }
}
