package org.rapport.launch;

/**
 * Who may use a launch, and nobody else.
 *
 * @param clientId the application that is opened
 * @param username the user it is opened for
 */
public record LaunchTarget(String clientId, String username) {}
