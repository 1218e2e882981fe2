package org.rapport.admin.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.rapport.admin.DeviceAdministration;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Pages about the credentials of devices. */
@Controller
class DevicePages {

    private static final String LIST = "/admin/devices";
    private static final int MOST = 50;

    private final AdminVisit.Desk desk;
    private final DeviceAdministration devices;

    DevicePages(AdminVisit.Desk desk, DeviceAdministration devices) {
        this.desk = desk;
        this.devices = devices;
    }

    @GetMapping(LIST)
    void list(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String search,
            @RequestParam(defaultValue = "0") int offset)
            throws IOException {
        list(desk.visit(request, response), search, Math.max(0, offset), 200, "");
    }

    @PostMapping(LIST)
    void issue(HttpServletRequest request, HttpServletResponse response, @RequestParam String deviceId)
            throws IOException {
        var visit = desk.visit(request, response);
        if (visit.mayAct(LIST)) {
            try {
                visit.showSecret("device", deviceId, devices.issue(deviceId, visit.by()), LIST);
            } catch (IllegalArgumentException wrong) {
                list(visit, "", 0, 400, "admin.device.bad-id");
            }
        }
    }

    @PostMapping(LIST + "/{deviceId}/replace")
    void replace(HttpServletRequest request, HttpServletResponse response, @PathVariable String deviceId)
            throws IOException {
        var visit = desk.visit(request, response);
        if (visit.mayAct(LIST)) {
            visit.showSecret("device", deviceId, devices.replace(deviceId, visit.by()), LIST);
        }
    }

    @PostMapping(LIST + "/{deviceId}/revoke")
    void revoke(HttpServletRequest request, HttpServletResponse response, @PathVariable String deviceId) {
        var visit = desk.visit(request, response);
        if (visit.mayAct(LIST)) {
            devices.revoke(deviceId, visit.by());
            visit.go(LIST);
        }
    }

    private void list(AdminVisit visit, String search, int offset, int status, String problem) throws IOException {
        var found = devices.page(search, offset, MOST + 1);
        visit.show(
                status,
                "admin-devices",
                Map.of(
                        "devices",
                        found.subList(0, Math.min(MOST, found.size())),
                        "search",
                        search,
                        "more",
                        found.size() > MOST,
                        "next",
                        offset + MOST,
                        "problem",
                        problem));
    }
}
