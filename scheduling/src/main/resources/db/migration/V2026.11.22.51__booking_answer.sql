-- What a request with an Idempotency-Key was answered: which version of which Appointment. Caller, key and body are kept
-- as digests only. A row is written in the transaction of the booking.
create table booking_answer (
    request char(64) primary key,
    body char(64) not null,
    appointment varchar(64) not null,
    version bigint not null,
    answered_at timestamptz not null
);

create index booking_answer_age on booking_answer (answered_at);
