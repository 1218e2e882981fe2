package org.rapport.demo.record;

import static org.rapport.demo.record.Entries.at;
import static org.rapport.demo.record.Entries.concept;
import static org.rapport.demo.record.Entries.identifier;
import static org.rapport.demo.record.Entries.to;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Resource;

/** What has happened before the demo begins: readings, visits, medication, a laboratory report. */
public final class DemoHistory {

    private static final String UCUM = "http://unitsofmeasure.org";
    private static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category";
    private static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";

    private final Instant now;
    private final List<Resource> resources = new ArrayList<>();

    private DemoHistory(Instant now) {
        this.now = now;
    }

    /** The history that ends at the given time. */
    public static Bundle bundle(Instant now) {
        var history = new DemoHistory(now);
        history.ofAlice();
        history.ofBob();
        history.ofCarol();
        return Entries.transaction(history.resources);
    }

    private void ofAlice() {
        bloodPressure(1, 28, 148, 92);
        bloodPressure(2, 21, 144, 90);
        bloodPressure(3, 14, 139, 88);
        bloodPressure(4, 7, 136, 85);
        vitalSign("obs-alice-weight-1", "alice", 14, "29463-7", "Body weight", "71.4", "kg");
        vitalSign("obs-alice-hr-1", "alice", 7, "8867-4", "Heart rate", "72", "/min");
        medication("alice", "dr-adams", "29046", "Lisinopril");
        visit("appt-alice-1", "alice", "dr-adams", -30);
        var cholesterol = laboratory("obs-alice-ldl-1", "alice", 29, "13457-7", "LDL cholesterol", "131", "mg/dL");
        var hdl = laboratory("obs-alice-hdl-1", "alice", 29, "2085-9", "HDL cholesterol", "52", "mg/dL");
        report("report-alice-lipids", "alice", 29, List.of(cholesterol, hdl));
    }

    private void ofBob() {
        vitalSign("obs-bob-weight-1", "bob", 20, "29463-7", "Body weight", "93.0", "kg");
        laboratory("obs-bob-glucose-1", "bob", 3, "99504-3", "Glucose in interstitial fluid", "168", "mg/dL");
        laboratory("obs-bob-glucose-2", "bob", 2, "99504-3", "Glucose in interstitial fluid", "142", "mg/dL");
        medication("bob", "dr-brandt", "6809", "Metformin");
        visit("appt-bob-1", "bob", "dr-brandt", -21);
    }

    private void ofCarol() {
        vitalSign("obs-carol-temp-1", "carol", 10, "8310-5", "Body temperature", "37.2", "Cel");
        vitalSign("obs-carol-weight-1", "carol", 10, "29463-7", "Body weight", "29.5", "kg");
        visit("appt-carol-1", "carol", "dr-adams", -10);
    }

    private void bloodPressure(int number, int daysAgo, int systolic, int diastolic) {
        var pressure = observation("obs-alice-bp-" + number, "alice", daysAgo, "vital-signs");
        pressure.setCode(concept(Entries.LOINC, "85354-9", "Blood pressure panel"));
        pressure.addComponent()
                .setCode(concept(Entries.LOINC, "8480-6", "Systolic blood pressure"))
                .setValue(quantity(String.valueOf(systolic), "mm[Hg]"));
        pressure.addComponent()
                .setCode(concept(Entries.LOINC, "8462-4", "Diastolic blood pressure"))
                .setValue(quantity(String.valueOf(diastolic), "mm[Hg]"));
    }

    private void vitalSign(
            String id, String patient, int daysAgo, String loinc, String display, String value, String unit) {
        observation(id, patient, daysAgo, "vital-signs")
                .setCode(concept(Entries.LOINC, loinc, display))
                .setValue(quantity(value, unit));
    }

    private Observation laboratory(
            String id, String patient, int daysAgo, String loinc, String display, String value, String unit) {
        return observation(id, patient, daysAgo, "laboratory")
                .setCode(concept(Entries.LOINC, loinc, display))
                .setValue(quantity(value, unit));
    }

    private Observation observation(String id, String patient, int daysAgo, String category) {
        var observation = new Observation()
                .setStatus(ObservationStatus.FINAL)
                .addCategory(concept(CATEGORY, category, category))
                .setSubject(to("Patient/" + patient, patient))
                .setEffective(at(daysAgo(daysAgo)))
                .setIssued(Date.from(daysAgo(daysAgo)))
                .addIdentifier(identifier(id));
        observation.setId(id);
        resources.add(observation);
        return observation;
    }

    private void medication(String patient, String prescriber, String rxNorm, String name) {
        var request = new MedicationRequest()
                .setStatus(MedicationRequestStatus.ACTIVE)
                .setIntent(MedicationRequestIntent.ORDER)
                .setMedication(concept(RXNORM, rxNorm, name))
                .setSubject(to("Patient/" + patient, patient))
                .setRequester(to("Practitioner/" + prescriber, prescriber))
                .setAuthoredOnElement(at(daysAgo(21)))
                .addIdentifier(identifier("med-" + patient + "-1"));
        request.addDosageInstruction().setText("1 tablet in the morning");
        request.setId("med-" + patient + "-1");
        resources.add(request);
    }

    private void visit(String id, String patient, String practitioner, int days) {
        var start = now.plus(Duration.ofDays(days));
        var visit = new Appointment()
                .setStatus(AppointmentStatus.FULFILLED)
                .setDescription("Check-up")
                .setStart(Date.from(start))
                .setEnd(Date.from(start.plus(Duration.ofMinutes(30))))
                .addIdentifier(identifier(id));
        for (var actor : List.of("Patient/" + patient, "Practitioner/" + practitioner)) {
            visit.addParticipant().setActor(to(actor, actor)).setStatus(ParticipationStatus.ACCEPTED);
        }
        visit.setId(id);
        resources.add(visit);
    }

    private void report(String id, String patient, int daysAgo, List<Observation> results) {
        var report = new DiagnosticReport()
                .setStatus(DiagnosticReportStatus.FINAL)
                .addCategory(concept("http://terminology.hl7.org/CodeSystem/v2-0074", "LAB", "Laboratory"))
                .setCode(concept(Entries.LOINC, "57698-3", "Lipid panel"))
                .setSubject(to("Patient/" + patient, patient))
                .setEffective(at(daysAgo(daysAgo)))
                .setIssued(Date.from(daysAgo(daysAgo)))
                .addIdentifier(identifier(id));
        results.forEach(result -> report.addResult(to(Entries.reference(result), "")));
        report.setId(id);
        resources.add(report);
    }

    private static Quantity quantity(String value, String unit) {
        return new Quantity()
                .setValue(new BigDecimal(value))
                .setUnit(unit)
                .setSystem(UCUM)
                .setCode(unit);
    }

    private Instant daysAgo(int days) {
        return now.minus(Duration.ofDays(days));
    }
}
