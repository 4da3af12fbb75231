-- Which readers outside were set up, with their keys, is lost; what they answered stays in the readings.
DROP TABLE outside_readers;
