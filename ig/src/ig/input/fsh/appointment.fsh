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

Extension: HoldExpires
Id: hold-expires
Title: "When a hold ends"
Description: "The moment from which a held appointment is free again, unless it was booked before."
Context: Appointment
* value[x] only instant
* value[x] 1..1

Extension: AlternativeSlot
Id: alternative-slot
Title: "What is free instead"
Description: "A slot that was free when another one was found to be taken."
Context: OperationOutcome.issue
* value[x] only Reference(Slot)
* value[x] 1..1

CodeSystem: CancellationReason
Id: cancellation-reason
Title: "Why the server cancels"
Description: "Reasons for which the server cancels an appointment by itself."
* ^caseSensitive = true
* ^experimental = false
* #hold-expired "Hold expired" "The appointment was held and not booked in time."
