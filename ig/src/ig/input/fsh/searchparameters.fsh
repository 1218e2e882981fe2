// What US Core 6.1.0 searches by although R4 has no parameter for it. With them every search of its server
// CapabilityStatement works without loading its package.

RuleSet: UsCoreSearch(code, base, type)
* status = #active
* code = #{code}
* base = #{base}
* type = #{type}
* experimental = false

Instance: careteam-role
InstanceOf: SearchParameter
Usage: #definition
* insert UsCoreSearch(role, CareTeam, token)
* url = "https://rapport.example/fhir/SearchParameter/careteam-role"
* name = "CareTeamRole"
* description = "The role of a member of the care team."
* derivedFrom = "http://hl7.org/fhir/us/core/SearchParameter/us-core-careteam-role"
* expression = "CareTeam.participant.role"
* xpathUsage = #normal

Instance: condition-asserted-date
InstanceOf: SearchParameter
Usage: #definition
* insert UsCoreSearch(asserted-date, Condition, date)
* url = "https://rapport.example/fhir/SearchParameter/condition-asserted-date"
* name = "ConditionAssertedDate"
* description = "When the condition was asserted."
* derivedFrom = "http://hl7.org/fhir/us/core/SearchParameter/us-core-condition-asserted-date"
* expression = "Condition.extension.where(url = 'http://hl7.org/fhir/StructureDefinition/condition-assertedDate').value"
* xpathUsage = #normal

Instance: encounter-discharge-disposition
InstanceOf: SearchParameter
Usage: #definition
* insert UsCoreSearch(discharge-disposition, Encounter, token)
* url = "https://rapport.example/fhir/SearchParameter/encounter-discharge-disposition"
* name = "EncounterDischargeDisposition"
* description = "Where the patient went after a stay."
* derivedFrom = "http://hl7.org/fhir/us/core/SearchParameter/us-core-encounter-discharge-disposition"
* expression = "Encounter.hospitalization.dischargeDisposition"
* xpathUsage = #normal

Instance: goal-description
InstanceOf: SearchParameter
Usage: #definition
* insert UsCoreSearch(description, Goal, token)
* url = "https://rapport.example/fhir/SearchParameter/goal-description"
* name = "GoalDescription"
* description = "The code or the text that describes the goal."
* derivedFrom = "http://hl7.org/fhir/us/core/SearchParameter/us-core-goal-description"
* expression = "Goal.description"
* xpathUsage = #normal

// What a file of this server belongs to: the access decision asks it, because a Binary does not say so itself.

Instance: attachment-url
InstanceOf: SearchParameter
Usage: #definition
* url = "https://rapport.example/fhir/SearchParameter/attachment-url"
* name = "AttachmentUrl"
* status = #active
* experimental = false
* description = "The url of a file that is attached to the document or report."
* code = #attachment
* base[0] = #DiagnosticReport
* base[1] = #DocumentReference
* type = #uri
* expression = "DiagnosticReport.presentedForm.url | DocumentReference.content.attachment.url"
* xpathUsage = #normal
