Profile: ConnectedDevice
Parent: Device
Id: connected-device
Title: "Connected device"
Description: "A device that sends readings: it can be told apart, it has a state and a kind, and it may belong to a patient."
* identifier 1..* MS
* identifier.system 1..1 MS
* identifier.value 1..1 MS
* status 1..1 MS
* manufacturer MS
* serialNumber MS
* deviceName MS
* modelNumber MS
* type 1..1 MS
* patient MS
* patient ^short = "Whose readings it sends, while it is assigned"
* owner MS
