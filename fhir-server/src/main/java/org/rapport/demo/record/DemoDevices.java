package org.rapport.demo.record;

import static org.rapport.demo.record.Entries.concept;
import static org.rapport.demo.record.Entries.identifier;
import static org.rapport.demo.record.Entries.to;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Device.DeviceNameType;
import org.hl7.fhir.r4.model.Device.FHIRDeviceStatus;
import org.hl7.fhir.r4.model.DeviceUseStatement;
import org.hl7.fhir.r4.model.DeviceUseStatement.DeviceUseStatementStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Resource;

/** Devices, and since when they belong to whom. */
public final class DemoDevices {

    private static final List<Carried> ALL = List.of(
            new Carried("bp-alice", "Patient/alice", "43770009", "Blood pressure cuff"),
            new Carried("hr-alice", "Patient/alice", "466093008", "Heart rate monitor"),
            new Carried("cgm-bob", "Patient/bob", "700585005", "Continuous glucose monitor"));

    private DemoDevices() {}

    /** Each device with its patient. */
    public static Map<String, String> patients() {
        var patients = new TreeMap<String, String>();
        ALL.forEach(carried -> patients.put(carried.id(), carried.patient()));
        return patients;
    }

    /** The devices in use by their patients since the given time. */
    public static Bundle bundle(Instant since) {
        return Entries.transaction(ALL.stream()
                .flatMap(carried -> Stream.of(carried.device(), carried.use(since)))
                .toList());
    }

    /** A device with the patient who carries it. */
    private record Carried(String id, String patient, String snomed, String name) {

        Resource device() {
            var device = new Device()
                    .setStatus(FHIRDeviceStatus.ACTIVE)
                    .setType(concept(Entries.SNOMED, snomed, name))
                    .setPatient(to(patient, id))
                    .addIdentifier(identifier(id));
            device.addDeviceName().setName(name).setType(DeviceNameType.USERFRIENDLYNAME);
            device.setId(id);
            return device;
        }

        Resource use(Instant since) {
            var use = new DeviceUseStatement()
                    .setStatus(DeviceUseStatementStatus.ACTIVE)
                    .setSubject(to(patient, id))
                    .setDevice(to("Device/" + id, id))
                    .setTiming(new Period().setStart(Date.from(since)))
                    .addIdentifier(identifier("use-" + id));
            use.setId("use-" + id);
            return use;
        }
    }
}
