package org.rapport.device.hapi;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.param.ReferenceParam;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Device;
import org.rapport.access.OwnDevices;
import org.rapport.alert.hapi.FhirStore;
import org.rapport.device.DeviceCredentials;

/** The devices whose {@code Device.patient} is the patient and that have a credential. */
record PatientDevices(FhirStore store, DeviceCredentials credentials) implements OwnDevices {

    private static final int MOST = 100;

    @Override
    public List<OwnDevice> of(String patientId) {
        var bound = bound(patientId);
        var admitted =
                credentials.admitted(bound.stream().map(PatientDevices::id).toList());
        return bound.stream()
                .filter(device -> admitted.contains(id(device)))
                .map(device -> new OwnDevice(id(device), name(device)))
                .sorted(Comparator.comparing(OwnDevice::name).thenComparing(OwnDevice::id))
                .toList();
    }

    @Override
    public boolean revoke(String patientId, String deviceId) {
        boolean own = of(patientId).stream().anyMatch(device -> device.id().equals(deviceId));
        if (own) {
            credentials.revoke(deviceId);
        }
        return own;
    }

    private List<Device> bound(String patientId) {
        return store.find(
                Device.class,
                new SearchParameterMap()
                        .setLoadSynchronousUpTo(MOST)
                        .add(Device.SP_PATIENT, new ReferenceParam("Patient/" + patientId)));
    }

    private static String id(Device device) {
        return device.getIdElement().getIdPart();
    }

    private static String name(Device device) {
        return Stream.concat(
                        device.getDeviceName().stream().map(Device.DeviceDeviceNameComponent::getName),
                        Stream.of(device.getType().getText()))
                .filter(name -> name != null && !name.isBlank())
                .findFirst()
                .orElse(id(device));
    }
}
