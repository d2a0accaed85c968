//! A small heap. The standard one is 7 KB of WASM, a tenth of what the agent may weigh; the agent has few and
//! short-lived allocations.
//!
//! Blocks come in powers of two. A freed block waits in the list of its size; new blocks are cut from the end of
//! memory, which only grows.

#![allow(unsafe_code, reason = "an allocator cannot be written without; it is small and used by one thread")]

use core::alloc::{GlobalAlloc, Layout};
use core::arch::wasm32::{memory_grow, memory_size};
use core::cell::UnsafeCell;
use core::ptr::{copy_nonoverlapping, null_mut};

/// Size of a WASM page.
const PAGE: usize = 65_536;
/// Smallest block, as a power of two: room for the list's link, aligned for anything.
const SMALLEST: u32 = 4;
/// Pages taken at least when memory has to grow. The lowered build copies all memory each time.
const STEP: usize = 8;

struct Lists {
    free: [*mut u8; 32],
    next: usize,
    end: usize,
}

/// The heap. WASM without shared memory has one thread.
struct Heap(UnsafeCell<Lists>);

// SAFETY: the module is compiled without threads.
unsafe impl Sync for Heap {}

#[global_allocator]
static HEAP: Heap = Heap(UnsafeCell::new(Lists { free: [null_mut(); 32], next: 0, end: 0 }));

/// The power of two that holds the layout.
fn class(size: usize, align: usize) -> u32 {
    let wanted = size.max(align).max(1 << SMALLEST);
    usize::BITS - (wanted - 1).leading_zeros()
}

impl Lists {
    /// Cuts a new block from the end of memory.
    fn cut(&mut self, size: usize) -> *mut u8 {
        // Blocks of a page and more begin at their own alignment, smaller ones at their size.
        let at = self.next.next_multiple_of(size.min(PAGE));
        let Some(end) = at.checked_add(size) else { return null_mut() };
        if end > self.end {
            let pages = (end - self.end).div_ceil(PAGE).max(STEP);
            let before = memory_grow::<0>(pages);
            if before == usize::MAX {
                return null_mut();
            }
            if self.end == 0 {
                // The first time: what is below belongs to the stack and to constants.
                self.next = before * PAGE;
                self.end = memory_size::<0>() * PAGE;
                return self.cut(size);
            }
            self.end = memory_size::<0>() * PAGE;
        }
        self.next = end;
        at as *mut u8
    }
}

// SAFETY: blocks are disjoint, at least as large as asked, and aligned to their size up to a page.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let class = class(layout.size(), layout.align());
        // SAFETY: one thread, and no call from here comes back here.
        let lists = unsafe { &mut *self.0.get() };
        let Some(head) = lists.free.get_mut(class as usize) else { return null_mut() };
        if head.is_null() {
            return lists.cut(1 << class);
        }
        let block = *head;
        // SAFETY: a free block of ours holds the link to the next one.
        *head = unsafe { *block.cast::<*mut u8>() };
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: as in `alloc`.
        let lists = unsafe { &mut *self.0.get() };
        if let Some(head) = lists.free.get_mut(class(layout.size(), layout.align()) as usize) {
            // SAFETY: the block is ours again and large enough for the link.
            unsafe { *block.cast::<*mut u8>() = *head };
            *head = block;
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if class(size, layout.align()) == class(layout.size(), layout.align()) {
            return block;
        }
        // SAFETY: the caller promises a size that fits a layout.
        let new = unsafe { self.alloc(Layout::from_size_align_unchecked(size, layout.align())) };
        if !new.is_null() {
            // SAFETY: both blocks hold the smaller of the two sizes, and they are different blocks.
            unsafe { copy_nonoverlapping(block, new, layout.size().min(size)) };
            // SAFETY: the caller gives the block up.
            unsafe { self.dealloc(block, layout) };
        }
        new
    }
}
