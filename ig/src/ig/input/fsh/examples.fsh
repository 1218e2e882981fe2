// One example for each profile, with the people and the device they point to.

Alias: $category = http://terminology.hl7.org/CodeSystem/observation-category
Alias: $snomed = http://snomed.info/sct

RuleSet: MeasuredBy(device, time)
* status = #final
* category[VSCat] = $category#vital-signs "Vital Signs"
* subject = Reference(example-patient)
* effectiveDateTime = "{time}"
* device = Reference({device})

Instance: example-patient
InstanceOf: Patient
Usage: #example
Title: "A patient"
* name.family = "Example"
* name.given = "Alice"
* gender = #female
* birthDate = "1980-02-29"

Instance: example-practitioner
InstanceOf: Practitioner
Usage: #example
Title: "A practitioner"
* name.family = "Adams"
* name.prefix = "Dr."

Instance: example-cuff
InstanceOf: ConnectedDevice
Usage: #example
Title: "A blood pressure cuff"
* identifier.system = "urn:ietf:rfc:3986"
* identifier.value = "urn:uuid:6f1c8f6e-6d0b-4b8e-9a43-0a4f0a5d1c11"
* status = #active
* manufacturer = "Example Instruments"
* serialNumber = "EX-0001"
* deviceName.name = "Upper arm cuff"
* deviceName.type = #user-friendly-name
* modelNumber = "BP-1"
* type = $snomed#43770009 "Sphygmomanometer"
* patient = Reference(example-patient)

Instance: example-heart-rate
InstanceOf: HeartRateReading
Usage: #example
Title: "A heart rate"
* insert MeasuredBy(example-cuff, 2026-03-01T08:15:30+01:00)
* code = $loinc#8867-4 "Heart rate"
* valueQuantity = 72 '/min' "beats/minute"

Instance: example-blood-pressure
InstanceOf: BloodPressureReading
Usage: #example
Title: "A blood pressure"
* insert MeasuredBy(example-cuff, 2026-03-01T08:15:30+01:00)
* code = $loinc#85354-9 "Blood pressure panel with all children optional"
* component[SystolicBP].code = $loinc#8480-6 "Systolic blood pressure"
* component[SystolicBP].valueQuantity = 128 'mm[Hg]' "mmHg"
* component[DiastolicBP].code = $loinc#8462-4 "Diastolic blood pressure"
* component[DiastolicBP].valueQuantity = 81 'mm[Hg]' "mmHg"

Instance: example-oxygen-saturation
InstanceOf: OxygenSaturationReading
Usage: #example
Title: "An oxygen saturation"
* insert MeasuredBy(example-cuff, 2026-03-01T08:15:30.250Z)
* code = $loinc#2708-6 "Oxygen saturation in Arterial blood"
* valueQuantity = 97 '%' "%"

Instance: example-body-weight
InstanceOf: BodyWeightReading
Usage: #example
Title: "A body weight"
* insert MeasuredBy(example-cuff, 2026-03-01T07:02:00Z)
* code = $loinc#29463-7 "Body weight"
* valueQuantity = 72.50 'kg' "kg"

Instance: example-body-temperature
InstanceOf: BodyTemperatureReading
Usage: #example
Title: "A body temperature"
* insert MeasuredBy(example-cuff, 2026-03-01T07:03:10Z)
* code = $loinc#8310-5 "Body temperature"
* valueQuantity = 36.8 'Cel' "°C"

Instance: example-appointment
InstanceOf: BookedAppointment
Usage: #example
Title: "A booked appointment"
* status = #booked
* serviceType.text = "Follow-up"
* start = "2026-03-02T09:00:00+01:00"
* end = "2026-03-02T09:30:00+01:00"
* minutesDuration = 30
* participant[0].actor = Reference(example-patient)
* participant[0].status = #accepted
* participant[1].actor = Reference(example-practitioner)
* participant[1].status = #accepted

Instance: example-message
InstanceOf: MessageSent
Usage: #example
Title: "A reminder that was sent"
* status = #completed
* category = http://terminology.hl7.org/CodeSystem/communication-category#reminder "Reminder"
* medium = http://terminology.hl7.org/CodeSystem/v3-ParticipationMode#EMAILWRIT "email"
* subject = Reference(example-patient)
* sent = "2026-02-27T09:00:00+01:00"
* recipient = Reference(example-patient)
* payload.contentString = "You have an appointment on Monday, 2 March at 9:00."
