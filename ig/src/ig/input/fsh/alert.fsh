CodeSystem: AlertCodes
Id: alert
Title: "Alerts"
Description: "What an alert is about, and what is to be done."
* ^caseSensitive = true
* ^experimental = false
* #critical-reading "Critical reading" "A reading lies outside of the critical limits that hold for the patient."
* #alert-review "Review of an alert" "Somebody who treats the patient must look at an alert."
