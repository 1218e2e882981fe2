package org.rapport.demo.record;

import static org.rapport.demo.record.Entries.concept;
import static org.rapport.demo.record.Entries.identifier;
import static org.rapport.demo.record.Entries.in;
import static org.rapport.demo.record.Entries.to;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.Location.LocationStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;

/** Two organizations, those who work there, and their patients. */
public final class DemoPeople {

    static final ZoneId NORTH = ZoneId.of("Europe/Berlin");
    static final ZoneId SOUTH = ZoneId.of("America/New_York");

    private static final String PATIENT_LANGUAGE = "urn:ietf:bcp:47";

    private DemoPeople() {}

    /** Everybody, with the relations that say who treats whom. */
    public static Bundle bundle() {
        return Entries.transaction(Stream.of(places(), staff(), patients(), careTeams())
                .flatMap(List::stream)
                .toList());
    }

    private static List<Resource> places() {
        return List.of(
                organization("org-north", "North Clinic"),
                organization("org-south", "South Clinic"),
                location("loc-north", "North Clinic, Berlin", "org-north", NORTH),
                location("loc-south", "South Clinic, New York", "org-south", SOUTH));
    }

    private static Resource organization(String id, String name) {
        var organization = new Organization().setActive(true).setName(name).addIdentifier(identifier(id));
        organization.setId(id);
        return organization;
    }

    private static Resource location(String id, String name, String organization, ZoneId zone) {
        var location = new Location()
                .setStatus(LocationStatus.ACTIVE)
                .setName(name)
                .setManagingOrganization(to("Organization/" + organization, name))
                .addIdentifier(identifier(id));
        location.setId(id);
        location.addExtension(in(zone));
        return location;
    }

    private static List<Resource> staff() {
        return Stream.of(
                        new Member("dr-adams", "Ada", "Adams", "org-north", job("doctor", "Doctor")),
                        new Member("dr-brandt", "Boris", "Brandt", "org-south", job("doctor", "Doctor")),
                        new Member("care-jones", "Cleo", "Jones", "org-north", job("nurse", "Nurse")),
                        new Member("clerk-lee", "Lou", "Lee", "org-north", new CodeableConcept().setText("Front desk")),
                        new Member("admin", "Alex", "Admin", "org-north", job("ict", "ICT professional")),
                        new Member(
                                "privacy-kim",
                                "Kim",
                                "Park",
                                "org-north",
                                new CodeableConcept().setText("Privacy officer")))
                .flatMap(member -> Stream.of(member.practitioner(), member.role()))
                .toList();
    }

    private static CodeableConcept job(String code, String display) {
        return concept("http://terminology.hl7.org/CodeSystem/practitioner-role", code, display);
    }

    /** Somebody who works in an organization. */
    private record Member(String id, String given, String family, String organization, CodeableConcept job) {

        Resource practitioner() {
            var practitioner = new Practitioner()
                    .setActive(true)
                    .addIdentifier(identifier(id))
                    .addName(name(given, family))
                    .addTelecom(email(id));
            practitioner.setId(id);
            return practitioner;
        }

        Resource role() {
            var role = new PractitionerRole()
                    .setActive(true)
                    .setPractitioner(to("Practitioner/" + id, given + " " + family))
                    .setOrganization(to("Organization/" + organization, organization))
                    .addCode(job)
                    .addLocation(to(organization.replace("org-", "Location/loc-"), organization))
                    .addIdentifier(identifier("role-" + id));
            role.setId("role-" + id);
            return role;
        }
    }

    private static List<Resource> patients() {
        return List.of(
                patient("alice", "Alice", "Anders", "1968-04-12", AdministrativeGender.FEMALE)
                        .livingIn("org-north", NORTH, "en")
                        .treatedBy(Optional.of("dr-adams")),
                patient("bob", "Bob", "Baker", "1959-11-02", AdministrativeGender.MALE)
                        .livingIn("org-south", SOUTH, "en-US")
                        .treatedBy(Optional.of("dr-brandt")),
                patient("carol", "Carol", "Conrad", "2017-06-30", AdministrativeGender.FEMALE)
                        .livingIn("org-north", NORTH, "de")
                        .treatedBy(Optional.of("dr-adams")),
                mother(),
                patient("erin", "Erin", "Evans", "1990-01-25", AdministrativeGender.OTHER)
                        .livingIn("org-north", NORTH, "en")
                        .treatedBy(Optional.empty()));
    }

    private static Person patient(String id, String given, String family, String born, AdministrativeGender gender) {
        var patient = new Patient()
                .setActive(true)
                .addIdentifier(identifier(id))
                .addName(name(given, family))
                .addTelecom(email(id))
                .setGender(gender)
                .setBirthDateElement(new DateType(LocalDate.parse(born).toString()));
        patient.setId(id);
        return new Person(patient);
    }

    /** A patient in the making. */
    private record Person(Patient patient) {

        Person livingIn(String organization, ZoneId zone, String language) {
            patient.setManagingOrganization(to("Organization/" + organization, organization));
            patient.addExtension(in(zone));
            patient.addCommunication()
                    .setLanguage(concept(PATIENT_LANGUAGE, language, language))
                    .setPreferred(true);
            return this;
        }

        Patient treatedBy(Optional<String> practitioner) {
            practitioner.ifPresent(id -> patient.addGeneralPractitioner(to("Practitioner/" + id, id)));
            return patient;
        }
    }

    private static Resource mother() {
        var dana = new RelatedPerson()
                .setActive(true)
                .setPatient(to("Patient/carol", "Carol Conrad"))
                .addRelationship(concept("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "MTH", "mother"))
                .addName(name("Dana", "Conrad"))
                .addTelecom(email("dana"))
                .setGender(AdministrativeGender.FEMALE)
                .addIdentifier(identifier("dana"));
        dana.setId("dana");
        return dana;
    }

    private static List<Resource> careTeams() {
        return List.of(
                careTeam("alice", "dr-adams", "care-jones"),
                careTeam("bob", "dr-brandt"),
                careTeam("carol", "dr-adams", "care-jones"));
    }

    private static Resource careTeam(String patient, String... members) {
        var team = new CareTeam()
                .setStatus(CareTeamStatus.ACTIVE)
                .setName("Care team of " + patient)
                .setSubject(to("Patient/" + patient, patient))
                .addIdentifier(identifier("team-" + patient));
        for (var member : members) {
            team.addParticipant().setMember(to("Practitioner/" + member, member));
        }
        team.setId("team-" + patient);
        return team;
    }

    private static HumanName name(String given, String family) {
        return new HumanName().setFamily(family).addGiven(given).setText(given + " " + family);
    }

    private static ContactPoint email(String id) {
        return new ContactPoint().setSystem(ContactPointSystem.EMAIL).setValue(id + "@example.org");
    }
}
