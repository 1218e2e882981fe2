// A reading is a vital sign that a device measured. What a person typed in has no device: it follows the R4 core
// vital-signs profiles alone. Rules stand in the order of the base elements.

Alias: $loinc = http://loinc.org
Alias: $ucum = http://unitsofmeasure.org

Invariant: reading-time
Description: "A reading says when it was measured, to the second and with its offset from UTC."
Severity: #error
Expression: "$this.toString().matches('^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$')"

RuleSet: Reading
* identifier MS
* identifier ^short = "The reading's own identifier, the same each time it is sent"
* status MS
* subject 1..1 MS
* subject only Reference(Patient)
* effective[x] 1..1 MS
* effective[x] only dateTime
* effective[x] obeys reading-time
* effective[x] ^short = "When it was measured"
* device 1..1 MS
* device only Reference(Device or DeviceMetric)
* device ^short = "What measured it"

Profile: HeartRateReading
Parent: http://hl7.org/fhir/StructureDefinition/heartrate
Id: heart-rate-reading
Title: "Heart rate reading"
Description: "A heart rate as a device measured it, in beats per minute."
* insert Reading

Profile: BloodPressureReading
Parent: http://hl7.org/fhir/StructureDefinition/bp
Id: blood-pressure-reading
Title: "Blood pressure reading"
Description: "Systolic and diastolic pressure as a cuff measured them, in millimetres of mercury."
* insert Reading

Profile: OxygenSaturationReading
Parent: http://hl7.org/fhir/StructureDefinition/oxygensat
Id: oxygen-saturation-reading
Title: "Oxygen saturation reading"
Description: "The oxygen saturation of the blood as a device measured it, in per cent."
* insert Reading

Profile: BodyWeightReading
Parent: http://hl7.org/fhir/StructureDefinition/bodyweight
Id: body-weight-reading
Title: "Body weight reading"
Description: "A body weight as a scale measured it."
* insert Reading

Profile: BodyTemperatureReading
Parent: http://hl7.org/fhir/StructureDefinition/bodytemp
Id: body-temperature-reading
Title: "Body temperature reading"
Description: "A body temperature as a thermometer measured it."
* insert Reading
