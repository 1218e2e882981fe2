Extension: ConsentOption
Id: consent-option
Title: "An option chosen anew"
Description: "An option of a consent whose value is another one than in the version before. One that is there for the first time has no value before, one that is gone none after."
Context: Provenance.entity
* extension contains
    path 1..1 and
    before 0..1 and
    after 0..1
* extension[path] ^short = "Where in the Consent, such as provision.provision[0].type"
* extension[path].value[x] only string
* extension[path].value[x] 1..1
* extension[before] ^short = "The value before"
* extension[before].value[x] only string
* extension[before].value[x] 1..1
* extension[after] ^short = "The value now"
* extension[after].value[x] only string
* extension[after].value[x] 1..1
