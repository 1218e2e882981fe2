Extension: ProxyScope
Id: proxy-scope
Title: "What somebody does for a patient"
Description: "A part of the record in which a related person acts for the patient. Without any it is all of it; one that is not known gives nothing."
Context: RelatedPerson
* value[x] only code
* value[x] 1..1
* value[x] from ProxyScopes (required)

CodeSystem: ProxyScopeCodes
Id: proxy-scope
Title: "What somebody does for a patient"
Description: "Parts of a record in which somebody may act for the patient."
* ^caseSensitive = true
* ^experimental = false
* #book "Visits" "Sees, books and cancels visits."
* #message "Messages" "Reads and writes messages to the care team."
* #results "Results" "Sees what was measured and found."
* #medications "Medications" "Sees what is prescribed and taken."
* #documents "Documents" "Reads letters and files."
* #full "Everything" "Does whatever the patient may."

ValueSet: ProxyScopes
Id: proxy-scope
Title: "What somebody does for a patient"
Description: "Every part of a record in which somebody may act for the patient."
* ^experimental = false
* include codes from system ProxyScopeCodes
