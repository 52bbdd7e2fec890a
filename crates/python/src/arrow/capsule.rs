//! Arrow's PyCapsule interface, both ways. All that is unsafe in this package is here.

use std::ffi::CStr;
use std::sync::Arc;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{RecordBatch, RecordBatchIterator, RecordBatchReader, StructArray};
use arrow_schema::{ArrowError, Schema};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyCapsuleMethods, PyTuple};

const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";

/// A stream of batches that can be read by any thread.
pub(super) type BatchReader = Box<dyn RecordBatchReader + Send>;

/// The batches of whatever hands out Arrow data: a stream, or one array of structs.
pub(super) fn reader_of(table: &Bound<'_, PyAny>) -> PyResult<BatchReader> {
    let py = table.py();
    if table.hasattr(intern!(py, "__arrow_c_stream__"))? {
        let capsule = table.call_method0(intern!(py, "__arrow_c_stream__"))?;
        return stream(capsule.cast::<PyCapsule>()?);
    }
    if table.hasattr(intern!(py, "__arrow_c_array__"))? {
        let pair = table.call_method0(intern!(py, "__arrow_c_array__"))?;
        let pair = pair.cast::<PyTuple>()?;
        let (schema, array) = (pair.get_item(0)?, pair.get_item(1)?);
        let batch = batch(schema.cast::<PyCapsule>()?, array.cast::<PyCapsule>()?)?;
        let schema = batch.schema();
        return Ok(Box::new(RecordBatchIterator::new([Ok(batch)], schema)));
    }
    Err(PyTypeError::new_err(
        "a table has the Arrow PyCapsule interface, as those of pyarrow, polars, pandas and DuckDB do; this has no `__arrow_c_stream__`",
    ))
}

#[expect(unsafe_code, reason = "a stream of C is taken over from its capsule")]
fn stream(capsule: &Bound<'_, PyCapsule>) -> PyResult<BatchReader> {
    let pointer = capsule.pointer_checked(Some(STREAM))?;
    // SAFETY: a capsule of this name holds such a stream, which is moved out of it: the capsule is left with a released one.
    let stream = unsafe { FFI_ArrowArrayStream::from_raw(pointer.as_ptr().cast()) };
    if stream.release().is_none() {
        return Err(PyValueError::new_err("this stream was read already"));
    }
    let reader = RecordBatchStreamReader::try_new(stream).map_err(wrong_data)?;
    Ok(Box::new(reader))
}

#[expect(unsafe_code, reason = "an array of C is taken over from its capsules")]
fn batch(schema: &Bound<'_, PyCapsule>, array: &Bound<'_, PyCapsule>) -> PyResult<RecordBatch> {
    let (schema, array) = (
        schema.pointer_checked(Some(SCHEMA))?,
        array.pointer_checked(Some(ARRAY))?,
    );
    // SAFETY: capsules of these names hold a schema and an array of it. The array is moved out of its capsule, the schema is read while
    // its capsule is there.
    let data = unsafe {
        let array = FFI_ArrowArray::from_raw(array.as_ptr().cast());
        from_ffi(array, schema.cast::<FFI_ArrowSchema>().as_ref())
    };
    let data = data.map_err(wrong_data)?;
    if !matches!(data.data_type(), arrow_schema::DataType::Struct(_)) {
        return Err(PyTypeError::new_err(
            "this is one column, and a table is needed",
        ));
    }
    let columns = StructArray::from(data);
    if arrow_array::Array::null_count(&columns) > 0 {
        return Err(PyValueError::new_err("a row of this table is null"));
    }
    Ok(RecordBatch::from(columns))
}

/// A capsule from which a stream of batches is read.
pub(super) fn of_reader(py: Python<'_>, reader: BatchReader) -> PyResult<Bound<'_, PyCapsule>> {
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(reader), STREAM)
}

/// A capsule with a schema.
pub(super) fn of_schema<'py>(
    py: Python<'py>,
    schema: &Arc<Schema>,
) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(&**schema).map_err(wrong_data)?;
    PyCapsule::new_with_value(py, schema, SCHEMA)
}

fn wrong_data(error: ArrowError) -> PyErr {
    PyValueError::new_err(format!("this Arrow data cannot be read: {error}"))
}
