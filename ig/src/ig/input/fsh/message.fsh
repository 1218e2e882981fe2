Invariant: message-sent-time
Description: "A message that is completed says when it was sent."
Severity: #error
Expression: "status != 'completed' or sent.exists()"

Profile: MessageSent
Parent: Communication
Id: message-sent
Title: "Message sent"
Description: "One message of a patient, a team or the server itself: about whom, from whom, to whom, by which way and when."
* obeys message-sent-time
* identifier MS
* basedOn MS
* basedOn ^short = "The request that asked for it, such as a reminder's CommunicationRequest"
* partOf MS
* partOf ^short = "The message it answers, or the first of its thread"
* status MS
* statusReason MS
* category 1..* MS
* medium MS
* subject 1..1 MS
* subject only Reference(Patient)
* encounter MS
* sent MS
* received MS
* recipient 1..* MS
* sender MS
* payload 1..* MS
