Invariant: appointment-patient
Description: "An appointment names its patient, unless it is only proposed."
Severity: #error
Expression: "status = 'proposed' or participant.actor.reference.where(matches('^(.*/)?Patient/[A-Za-z0-9.-]{1,64}$')).exists()"

Profile: BookedAppointment
Parent: Appointment
Id: booked-appointment
Title: "Appointment"
Description: "A visit that is proposed, booked or over: what for, when, in which slots and with whom."
* obeys appointment-patient
* identifier MS
* status MS
* cancelationReason MS
* serviceType MS
* reasonCode MS
* start MS
* end MS
* minutesDuration MS
* slot MS
* comment MS
* participant MS
* participant.actor 1..1 MS
* participant.status MS
