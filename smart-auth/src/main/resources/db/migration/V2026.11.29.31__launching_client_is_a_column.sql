-- The right to launch is smart_client.may_launch.
DROP TABLE launching_client;
