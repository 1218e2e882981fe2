package org.rapport.admin.spring;

import java.util.List;
import java.util.Map;
import org.rapport.admin.DeviceAdministration;
import org.rapport.administration.DeviceLogins;
import org.rapport.audit.Agent;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Credentials of devices: list, issue, replace, revoke. */
@AdminApi(path = "/admin/api/devices")
class DeviceApi {

    private final DeviceAdministration devices;

    DeviceApi(DeviceAdministration devices) {
        this.devices = devices;
    }

    @GetMapping
    List<DeviceLogins.Known> list(
            @RequestParam(defaultValue = "") String search,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "100") int count) {
        return devices.page(search, Math.max(0, offset), Math.max(1, count));
    }

    /** One more credential; the others stay valid, so that a device can change over. */
    @PostMapping("/{deviceId}/credential")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, String> issue(@PathVariable String deviceId, @RequestAttribute("org.rapport.audit.Agent") Agent by) {
        return credential(deviceId, devices.issue(deviceId, by));
    }

    /** A new credential in the place of all others. */
    @PutMapping("/{deviceId}/credential")
    Map<String, String> replace(@PathVariable String deviceId, @RequestAttribute("org.rapport.audit.Agent") Agent by) {
        return credential(deviceId, devices.replace(deviceId, by));
    }

    @DeleteMapping("/{deviceId}/credential")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable String deviceId, @RequestAttribute("org.rapport.audit.Agent") Agent by) {
        if (!devices.revoke(deviceId, by)) {
            throw new AdminProblem.Unknown("This device has no credential.");
        }
    }

    private static Map<String, String> credential(String deviceId, String password) {
        return Map.of("username", deviceId, "password", password);
    }
}
